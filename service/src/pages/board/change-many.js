import { css, html, LitElement, nothing } from 'lit';
import { request } from '../common/api.js';
import { fill, plural, texts } from '../common/texts.js';
import { statusWord } from '../common/words.js';
import { NO_FILTER } from '../elements/agent-filters.js';
import '../elements/confirm-dialog.js';
import '../elements/problem-note.js';
import { controls, tables, words } from '../elements/styles.js';

/** So many outcomes are listed; refusals come first. */
const MOST = 200;
const OUTCOMES = ['REFUSED', 'APPLIED', 'UNCHANGED'];

/**
 * One command for everybody whom a filter means: what it would do is shown before it can be done. `<change-many
 * .profiles=${…} .queues=${…} .agents=${live.agents}>` with `show()`.
 */
export class ChangeMany extends LitElement {
    static properties = {
        profiles: { attribute: false },
        queues: { attribute: false },
        agents: { attribute: false },
        filter: { state: true },
        type: { state: true },
        profile: { state: true },
        busy: { state: true },
        result: { state: true },
        problem: { state: true },
    };

    static styles = [
        words,
        controls,
        tables,
        css`
            form {
                display: grid;
                gap: var(--gap-4);
            }

            legend {
                margin-bottom: var(--gap-2);
            }

            .what {
                display: flex;
                flex-wrap: wrap;
                align-items: end;
                gap: var(--gap-2);
            }

            .result {
                min-height: 14rem;
            }

            .scroll {
                max-height: 40vh;
                margin-top: var(--gap-2);
                overflow: auto;
            }

            td {
                overflow-wrap: anywhere;
            }

            .REFUSED {
                color: var(--bad);
                font-weight: 600;
            }
        `,
    ];

    /** What was tried last: that alone is done, whatever is chosen meanwhile. @type {{where: any, command: any}} */
    #tried = { where: {}, command: {} };
    /** Counts what was asked for, so that an answer to something else is left alone. */
    #turn = 0;

    constructor() {
        super();
        this.#reset();
    }

    #reset() {
        this.#turn++;
        this.filter = NO_FILTER;
        this.type = 'SELECT_PROFILE';
        this.profile = '';
        this.busy = '';
        this.result = undefined;
        this.problem = undefined;
    }

    /** Begins anew, unless something is being done. */
    show() {
        if (this.busy !== 'doing') {
            this.#reset();
        }
        this.#dialog.show();
    }

    get #dialog() {
        return this.renderRoot.querySelector('confirm-dialog');
    }

    /** What was found out holds for what was asked, and for nothing else. */
    #changed(change) {
        this.#turn++;
        Object.assign(this, change);
        this.busy = '';
        this.result = undefined;
        this.problem = undefined;
    }

    #try() {
        const { q, status, queue, capability } = this.filter;
        const where = Object.fromEntries(Object.entries({ q, status, queue, capability }).filter(([, value]) => value !== ''));
        const command = this.type === 'SELECT_PROFILE' ? { type: this.type, profile: this.profile } : { type: this.type };
        this.#tried = { where, command };
        return this.#send('trying');
    }

    /** @param {'trying' | 'doing'} busy */
    async #send(busy) {
        const turn = ++this.#turn;
        this.busy = busy;
        this.problem = undefined;
        let { result, problem } = this;
        try {
            result = await request('POST', '/v1/agents/bulk', { body: { ...this.#tried, dryRun: busy === 'trying' } });
        } catch (found) {
            problem = found;
        }
        if (turn === this.#turn) {
            Object.assign(this, { result, problem, busy: '' });
        }
    }

    render() {
        const words = texts.board.many;
        const result = this.result;
        return html`<confirm-dialog wide .heading=${words.title}>
            <form
                @submit=${(event) => {
                    event.preventDefault();
                    this.#try();
                }}
            >
                <fieldset ?inert=${this.busy === 'doing'}>
                    <legend>${words.who}</legend>
                    <agent-filters
                        .filter=${this.filter}
                        .queues=${this.queues}
                        @filtered=${(event) => this.#changed({ filter: event.detail })}
                    ></agent-filters>
                    <p class="small quiet">${words.whoHint}</p>
                </fieldset>
                <fieldset ?disabled=${this.busy !== ''}>
                    <legend>${words.what}</legend>
                    ${this.#what()}
                </fieldset>
                <div class="result" aria-live="polite">${this.#result()}</div>
            </form>
            <button slot="actions" @click=${() => this.#dialog.hide()}>${words.close}</button>
            ${result?.dryRun && result.applied > 0
                ? html`<button
                      slot="actions"
                      class=${this.type === 'SIGN_OUT' ? 'danger' : 'main'}
                      ?disabled=${this.busy !== ''}
                      @click=${() => this.#send('doing')}
                  >
                      ${plural(result.applied, words.doIt)}
                  </button>`
                : nothing}
        </confirm-dialog>`;
    }

    #what() {
        const words = texts.board.many;
        return html`<div class="what">
            <select aria-label=${words.what} @change=${(event) => this.#changed({ type: event.target.value })}>
                ${Object.entries(words.types).map(([type, word]) => html`<option value=${type} .selected=${type === this.type}>${word}</option>`)}
            </select>
            ${this.type === 'SELECT_PROFILE'
                ? html`<select aria-label=${words.profile} required @change=${(event) => this.#changed({ profile: event.target.value })}>
                      <option value="" .selected=${this.profile === ''}>${texts.board.actions.choose}</option>
                      ${this.profiles.map(({ id, name }) => html`<option value=${id} .selected=${id === this.profile}>${name}</option>`)}
                  </select>`
                : nothing}
            <button type="submit" class=${this.result ? '' : 'main'}>${words.try}</button>
        </div>`;
    }

    #result() {
        const words = texts.board.many;
        const result = this.result;
        if (this.problem) {
            return html`<problem-note .problem=${this.problem}></problem-note>`;
        }
        if (this.busy !== '') {
            return html`<p class="quiet">${words[this.busy]}</p>`;
        }
        if (!result) {
            return nothing;
        }
        if (result.matched === 0) {
            return html`<p>${words.nobody}</p>`;
        }
        const said = { ...result, matched: plural(result.matched, texts.board.actions.agents) };
        return html`<p><b>${fill(result.dryRun ? words.would : words.did, said)}</b></p>
            ${this.#outcomes(result)}`;
    }

    #outcomes({ agents, dryRun }) {
        const words = texts.board.many;
        const outcomes = dryRun ? words.wouldOutcomes : words.outcomes;
        const ordered = OUTCOMES.flatMap((outcome) => agents.filter((one) => one.outcome === outcome));
        const more = ordered.length - MOST;
        return html`<div class="scroll" tabindex="0" role="region" aria-label=${words.result}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">${words.agent}</th>
                            <th scope="col">${words.outcome}</th>
                            <th scope="col">${words.status}</th>
                        </tr>
                    </thead>
                    <tbody>
                        ${ordered.slice(0, MOST).map(
                            ({ agent, outcome, detail, from, status }) => html`<tr data-agent=${agent}>
                                <td>${this.agents.get(agent)?.name ?? ''} <span class="quiet">${agent}</span></td>
                                <td><span class=${outcome}>${outcomes[outcome]}</span> ${detail ?? nothing}</td>
                                <td>${from === status ? statusWord(from) : `${statusWord(from)} → ${status ? statusWord(status) : words.gone}`}</td>
                            </tr>`,
                        )}
                    </tbody>
                </table>
            </div>
            ${more > 0 ? html`<p class="quiet">${plural(more, words.more)}</p>` : nothing}`;
    }
}

customElements.define('change-many', ChangeMany);
