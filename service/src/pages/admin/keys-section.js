import { css, html, LitElement, nothing } from 'lit';
import { pages, path, request } from '../common/api.js';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import { ask } from '../elements/confirm-dialog.js';
import '../elements/problem-note.js';
import { cards, controls, words } from '../elements/styles.js';
import '../elements/time-text.js';
import { toast } from '../elements/toasts.js';
import { Draft } from './draft.js';
import { choiceField, durationField, fields, textField } from './fields.js';
import './secret-once.js';
import { sections } from './sections.js';

const ROLES = ['AGENT', 'SUPERVISOR', 'ROUTING', 'ANALYST', 'ADMIN'];
const STATE_ICONS = { GOOD: 'circle-check', EXPIRED: 'hourglass', REVOKED: 'ban' };

/** The keys of the API. */
export class KeysSection extends LitElement {
    static properties = { keys: { state: true }, problem: { state: true }, made: { state: true }, all: { state: true } };

    static styles = [
        words,
        controls,
        cards,
        fields,
        sections,
        css`
            .state {
                display: inline-flex;
                align-items: center;
                gap: var(--gap-2);
                white-space: nowrap;
            }

            .GOOD {
                color: var(--good);
            }

            .REVOKED {
                color: var(--bad);
            }
        `,
    ];

    draft = new Draft(this);

    constructor() {
        super();
        this.keys = null;
        /** Those whose secret is shown this once, until it is kept. @type {any[]} */
        this.made = [];
        this.all = false;
    }

    connectedCallback() {
        super.connectedCallback();
        this.#read();
    }

    async #read() {
        try {
            const keys = [];
            for await (const page of pages('/v1/keys', 'keys', { limit: 1000 })) {
                keys.push(...page);
            }
            this.keys = keys.reverse();
            this.problem = null;
        } catch (problem) {
            this.problem = problem;
        }
    }

    async #create() {
        if (!(await this.draft.mayGo())) {
            return;
        }
        this.draft.begin({ role: 'SUPERVISOR' }, { fresh: true });
        await this.updateComplete;
        this.renderRoot.querySelector('form input').focus();
    }

    async #save(event) {
        event.preventDefault();
        await this.draft.attempt(async () => {
            const { agent, ...key } = this.draft.value;
            const made = await request('POST', '/v1/keys', { body: key.role === 'AGENT' ? { ...key, agent } : key });
            this.made = [...this.made, made];
            this.draft.end();
            await this.#read();
        });
    }

    async #revoke(key) {
        const yes = await ask({
            title: fill(texts.admin.keys.revokeAsk, key),
            text: texts.admin.keys.revokeText,
            yes: texts.admin.keys.revoke,
            danger: true,
        });
        if (!yes) {
            return;
        }
        try {
            await request('DELETE', path`/v1/keys/${key.key}`);
            toast(fill(texts.admin.keys.revoked, key), 'good');
            await this.#read();
        } catch (problem) {
            toast(problem.message, 'bad');
        }
    }

    render() {
        const say = texts.admin.keys;
        const shown = (this.keys ?? []).filter((key) => this.all || key.state === 'GOOD');
        return html`<div class="head">
                <h2>${say.title}</h2>
                <button class="main new" @click=${this.#create}>${icon('plus')} ${say.create}</button>
            </div>
            <p class="quiet intro">${say.intro}</p>
            <problem-note .problem=${this.problem} retry @retry=${this.#read}></problem-note>
            ${this.made.map(
                (made) => html`<secret-once
                    name=${fill(say.made, made)}
                    .secret=${made.secret}
                    @kept=${() => (this.made = this.made.filter((one) => one !== made))}
                ></secret-once>`,
            )}
            <div class="two ${this.draft.open ? 'open' : ''}">
                ${this.draft.open ? this.#form(say) : nothing}
                <div class="stack">
                    <label class="yes">
                        <input type="checkbox" .checked=${this.all} @change=${(event) => (this.all = event.target.checked)} />
                        ${say.showAll}
                    </label>
                    <div class="scroll" role="region" aria-label=${say.title} tabindex="0">
                        ${this.keys === null
                            ? html`<p class="empty quiet">${texts.admin.loading}</p>`
                            : shown.length === 0
                              ? html`<p class="empty quiet">${say.none}</p>`
                              : this.#table(shown, say)}
                    </div>
                </div>
            </div>`;
    }

    #table(keys, say) {
        return html`<table>
            <thead>
                <tr>
                    <th scope="col">${texts.admin.name}</th>
                    <th scope="col">${say.key}</th>
                    <th scope="col">${say.role}</th>
                    <th scope="col">${say.state}</th>
                    <th scope="col">${say.createdAt}</th>
                    <th scope="col">${say.expiresAt}</th>
                    <th scope="col">${say.usedAt}</th>
                    <th><span class="unseen">${texts.admin.actions}</span></th>
                </tr>
            </thead>
            <tbody>
                ${keys.map(
                    (key) => html`<tr>
                        <th scope="row">${key.name}</th>
                        <td><code>${key.key}</code></td>
                        <td>${key.roles.join(' ')}${key.agent ? html`<div class="small quiet">${key.agent}</div>` : nothing}</td>
                        <td><span class="state ${key.state}">${icon(STATE_ICONS[key.state])} ${say.states[key.state]}</span></td>
                        <td><time-text at=${key.createdAt}></time-text></td>
                        <td>${key.expiresAt ? html`<time-text at=${key.expiresAt}></time-text>` : say.never}</td>
                        <td>${key.usedAt ? html`<time-text at=${key.usedAt}></time-text>` : say.unused}</td>
                        <td class="do">
                            ${key.state === 'GOOD'
                                ? html`<button class="danger" aria-label=${fill(say.revokeNamed, key)} @click=${() => this.#revoke(key)}>${say.revoke}</button>`
                                : nothing}
                        </td>
                    </tr>`,
                )}
            </tbody>
        </table>`;
    }

    #form(say) {
        const { draft } = this;
        return html`<form class="card" novalidate aria-labelledby="making" @submit=${this.#save}>
            <h3 id="making">${say.create}</h3>
            <problem-note .problem=${draft.problemBeside(['/name', '/role', '/agent', '/expires'])}></problem-note>
            ${textField(draft, '/name', texts.admin.name, { hint: say.nameHint, longest: 128 })}
            ${choiceField(draft, '/role', say.role, ROLES.map((role) => [role, `${role}: ${say.roles[role]}`]))}
            ${draft.get('/role') === 'AGENT' ? textField(draft, '/agent', say.agent, { hint: say.agentHint, longest: 128 }) : nothing}
            ${durationField(draft, '/expires', say.expires, { hint: say.expiresHint })}
            <div class="actions">
                <button class="main" ?disabled=${draft.busy}>${say.make}</button>
                <button type="button" @click=${() => draft.end()}>${texts.shell.cancel}</button>
            </div>
        </form>`;
    }
}

customElements.define('keys-section', KeysSection);
