import { css, html, LitElement } from 'lit';
import { command } from '../common/api.js';
import { texts } from '../common/texts.js';
import { CAPABILITIES, capabilityWord, channelWord } from '../common/words.js';
import '../elements/problem-note.js';
import { cards, controls, words } from '../elements/styles.js';
import { toast } from '../elements/toasts.js';
import { Defined, definitions } from './definitions.js';
import { Draft } from './draft.js';
import { durationField, durationInput, faultOf, fields, numberInput, someField, textField, theirs, yesField } from './fields.js';
import { sections } from './sections.js';

/** What there is one of for each capability, and whether it is a number. */
const BY_CAPABILITY = [
    ['capacity', true],
    ['wrapUp', false],
    ['handlingLimit', false],
    ['offerTtl', false],
    ['staleAfter', false],
];

const ITEM_CHANNELS = ['EMAIL', 'TASK', 'ACTION_ITEM'];

const POINTERS = ['/connectionGrace', '/itemChannels', '/transferMayExceedCapacity', '/missedOffers', '/rejectDelay', '/heartbeatTimeout', ...BY_CAPABILITY.map(([name]) => '/' + name)];

/** The limits that rules and timers go by. What was changed is put, and nothing else, so two people can change two things. */
export class PolicySection extends LitElement {
    static styles = [
        words,
        controls,
        cards,
        fields,
        sections,
        css`
            table input {
                width: 7rem;
            }

            tbody th {
                min-width: 13rem;
                font-weight: 600;
            }

            tbody th .small {
                font-weight: 400;
            }

            td {
                vertical-align: top;
            }

            .fault {
                max-width: 14rem;
            }
        `,
    ];

    draft = new Draft(this);

    constructor() {
        super();
        new Defined(this);
    }

    willUpdate() {
        const { policy } = definitions;
        if (policy && !this.draft.open) {
            this.draft.begin(policy);
        } else if (!this.draft.busy) {
            this.draft.meanwhile(policy);
        }
    }

    async #save(event) {
        event.preventDefault();
        const { draft } = this;
        const saved = await draft.attempt(async () => {
            const now = await command('PUT', '/v1/policy', difference(draft.original, draft.value));
            definitions.policy = now;
            draft.begin(now);
        });
        if (saved) {
            toast(texts.admin.policy.saved, 'good');
        }
    }

    render() {
        const { draft } = this;
        const say = texts.admin.policy;
        return html`<div class="head"><h2>${say.title}</h2></div>
            <p class="quiet intro">${say.intro}</p>
            <problem-note .problem=${definitions.problem} retry @retry=${() => definitions.read()}></problem-note>
            ${draft.open ? this.#form(draft, say) : html`<p class="quiet">${texts.admin.loading}</p>`}`;
    }

    #form(draft, say) {
        return html`<form class="card" novalidate @submit=${this.#save}>
            <problem-note .problem=${draft.problemBeside(POINTERS)}></problem-note>
            ${theirs(draft)}
            <h3>${say.byCapability}</h3>
            <div class="scroll" role="region" aria-label=${say.byCapability} tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th>${say.limit}</th>
                            ${CAPABILITIES.map((capability) => html`<th scope="col">${capabilityWord(capability)}</th>`)}
                        </tr>
                    </thead>
                    <tbody>
                        ${BY_CAPABILITY.map(
                            ([name, number]) => html`<tr>
                                <th scope="row">${say.fields[name]}<div class="small quiet">${say.hints[name]}</div></th>
                                ${CAPABILITIES.map((capability) => {
                                    const pointer = `/${name}/${capability}`;
                                    const label = `${say.fields[name]}: ${capabilityWord(capability)}`;
                                    return html`<td>
                                        ${number ? numberInput(draft, pointer, label) : durationInput(draft, pointer, '', label)} ${faultOf(draft, pointer)}
                                    </td>`;
                                })}
                            </tr>`,
                        )}
                    </tbody>
                </table>
            </div>
            <h3>${say.everybody}</h3>
            <div class="pair">
                ${['connectionGrace', 'heartbeatTimeout', 'rejectDelay'].map((name) => durationField(draft, '/' + name, say.fields[name], { hint: say.hints[name] }))}
                ${textField(draft, '/missedOffers/limit', say.fields.missedOffers, { type: 'number', hint: say.hints.missedOffers })}
            </div>
            ${someField(draft, '/itemChannels', say.fields.itemChannels, ITEM_CHANNELS.map((channel) => [channel, channelWord(channel)]), { hint: say.hints.itemChannels })}
            ${yesField(draft, '/transferMayExceedCapacity', say.fields.transferMayExceedCapacity, { hint: say.hints.transferMayExceedCapacity })}
            <div class="actions">
                <button class="main" ?disabled=${draft.busy || !draft.changed} aria-busy=${draft.busy ? 'true' : 'false'}>${texts.admin.save}</button>
                <button type="button" ?disabled=${!draft.changed} @click=${() => draft.begin(draft.original)}>${say.undo}</button>
            </div>
        </form>`;
    }
}

/** What is another in the second, one by one within objects; what is no more is empty. @param {any} before @param {any} after */
function difference(before, after) {
    const others = {};
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
        const value = after[name] ?? '';
        if (JSON.stringify(value) !== JSON.stringify(before[name])) {
            others[name] = value && typeof value === 'object' && !Array.isArray(value) ? difference(before[name] ?? {}, value) : value;
        }
    }
    return others;
}

customElements.define('policy-section', PolicySection);
