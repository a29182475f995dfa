import { css, html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { get, path, query } from '../common/api.js';
import { fill, plural, texts } from '../common/texts.js';
import { reasonsInWords } from '../common/words.js';
import '../elements/confirm-dialog.js';
import '../elements/live-timer.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import { toast } from '../elements/toasts.js';
import { transfer } from './commands.js';

const PAUSE = 150;
/** How often the rules are asked again while somebody chooses, in milliseconds: the others work on meanwhile. */
const AGAIN = 3_000;
const MOST = 50;

/** Who can take a conversation, best first; on request why the others cannot; and its transfer. */
export class TargetPicker extends LitElement {
    static properties = {
        conversation: { attribute: false },
        desk: { attribute: false },
        q: { state: true },
        targets: { state: true },
        chosen: { state: true },
        others: { state: true },
        wantsOthers: { state: true },
        problem: { state: true },
        refused: { state: true },
    };

    static styles = [
        words,
        controls,
        css`
            .search {
                display: flex;
                margin-bottom: var(--gap-3);
            }

            .list {
                height: min(22rem, 40vh);
                overflow-y: auto;
            }

            .target {
                display: grid;
                grid-template-columns: max-content minmax(0, 1fr) max-content;
                gap: 0 var(--gap-3);
                align-items: center;
                padding: var(--gap-2);
                border-bottom: 1px solid var(--line);
                cursor: pointer;
            }

            .target:hover,
            .target:has(:checked) {
                background: var(--raised);
            }

            .name,
            .others li {
                overflow-wrap: anywhere;
            }

            .load {
                text-align: right;
            }

            .others {
                margin-top: var(--gap-3);
            }

            .others ul {
                max-height: 14rem;
                overflow-y: auto;
            }

            .others li {
                padding: var(--gap-1) 0;
                border-bottom: 1px solid var(--line);
            }

            problem-note {
                margin-top: var(--gap-3);
            }

            @media (max-width: 40rem) {
                .load {
                    grid-column: 2;
                    text-align: left;
                }
            }
        `,
    ];

    #pause = 0;
    #again = 0;
    #turn = 0;

    constructor() {
        super();
        this.#reset();
    }

    #reset() {
        this.q = '';
        this.chosen = null;
        this.targets = null;
        this.others = null;
        this.problem = null;
        /** Why it was not transferred; asking who else could take it says nothing about that. */
        this.refused = null;
        this.wantsOthers = false;
    }

    get #frame() {
        return this.renderRoot.querySelector('confirm-dialog');
    }

    show() {
        this.#reset();
        this.#frame.show();
        this.#ask();
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        clearTimeout(this.#again);
    }

    #typed(event) {
        this.q = event.target.value.trim();
        clearTimeout(this.#pause);
        this.#pause = setTimeout(() => this.#ask(), PAUSE);
    }

    async #ask() {
        clearTimeout(this.#again);
        const turn = ++this.#turn;
        try {
            const include = this.wantsOthers ? 'excluded' : '';
            const answer = await get(path`/v1/conversations/${this.conversation}/transfer-targets` + query({ q: this.q, limit: MOST, include }));
            if (turn !== this.#turn) {
                return;
            }
            this.targets = answer.agents;
            this.others = answer.excluded
                ? { shown: answer.excluded.slice(0, MOST), more: Math.max(0, answer.excluded.length - MOST) }
                : null;
            this.chosen = this.targets.find(({ agent }) => agent === this.chosen?.agent) ?? null;
            this.problem = null;
        } catch (problem) {
            if (turn !== this.#turn) {
                return;
            }
            this.problem = problem;
        }
        if (this.#frame.open) {
            this.#again = setTimeout(() => this.#ask(), AGAIN);
        }
    }

    async #transfer(event) {
        event.preventDefault();
        const { chosen, conversation } = this;
        if (!chosen) {
            return;
        }
        this.refused = null;
        if (await this.desk.give(transfer(conversation, chosen.agent))) {
            toast(fill(texts.agent.transferred, { conversation, name: chosen.name }), 'good');
            this.#frame.hide();
        } else {
            this.refused = this.desk.problem;
        }
    }

    render() {
        const { conversation, chosen, targets } = this;
        const isPending = this.desk.pending.has(`conversation ${conversation}`);
        return html`<confirm-dialog
            wide
            .heading=${fill(texts.agent.transferTitle, { conversation })}
            @closed=${() => clearTimeout(this.#again)}
        >
            <form id="form" @submit=${this.#transfer}>
                <label class="search">
                    ${texts.agent.searchTargets}
                    <input type="search" autocomplete="off" spellcheck="false" .value=${this.q} @input=${this.#typed} />
                </label>
                <fieldset class="list">
                    <legend>${texts.agent.targets}</legend>
                    ${targets?.length === 0 ? html`<p role="status">${this.#nobody()}</p>` : nothing}
                    ${repeat(
                        targets ?? [],
                        ({ agent }) => agent,
                        (target) => this.#target(target),
                    )}
                </fieldset>
                <problem-note .problem=${this.refused ?? this.problem}></problem-note>
            </form>
            <details class="others" .open=${live(this.wantsOthers)} @toggle=${this.#toggleOthers}>
                <summary>${texts.agent.whyNot}</summary>
                ${this.others ? this.#others() : nothing}
            </details>
            <button slot="actions" @click=${() => this.#frame.hide()}>${texts.shell.cancel}</button>
            <button slot="actions" class="main" form="form" ?disabled=${!chosen} aria-busy=${isPending}>
                ${chosen ? fill(texts.agent.transferTo, chosen) : texts.agent.transferNobody}
            </button>
        </confirm-dialog>`;
    }

    #nobody() {
        return this.q ? fill(texts.agent.noTargetsNamed, { q: this.q }) : texts.agent.noTargets;
    }

    #toggleOthers(event) {
        if (this.wantsOthers !== event.target.open) {
            this.wantsOthers = event.target.open;
            this.#ask();
        }
    }

    #target(target) {
        const { agent, name, timeZone, rank, load, idleSince } = target;
        return html`<label class="target">
            <input
                type="radio"
                name="target"
                value=${agent}
                .checked=${this.chosen?.agent === agent}
                @change=${() => {
                    this.chosen = target;
                }}
            />
            <span class="name">
                <b>${name}</b> <span class="small quiet">${agent}</span>
                <span class="small quiet">${texts.agent.ranks[rank] ?? fill(texts.agent.rank, { rank })}</span>
            </span>
            <span class="load small">
                ${load === 0 ? texts.agent.noLoad : plural(load, texts.agent.load)},
                ${texts.agent.idle} <live-timer .since=${idleSince} .zone=${timeZone}></live-timer>
            </span>
        </label>`;
    }

    #others() {
        const { shown, more } = this.others;
        return html`<ul tabindex="0" aria-label=${texts.agent.others}>
                ${shown.map(({ agent, name, reasons }) => html`<li data-agent=${agent}><b>${name}</b> ${reasonsInWords(reasons)}</li>`)}
            </ul>
            ${more > 0 ? html`<p class="small quiet">${plural(more, texts.agent.othersMore)}</p>` : nothing}
            ${shown.length === 0 ? html`<p class="quiet">${texts.agent.noOthers}</p>` : nothing}`;
    }
}

customElements.define('target-picker', TargetPicker);
