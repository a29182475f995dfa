import { css, html, LitElement, nothing } from 'lit';
import { get, query } from '../common/api.js';
import { texts } from '../common/texts.js';
import '../elements/problem-note.js';
import '../elements/status-badge.js';
import { cards, controls, words } from '../elements/styles.js';

/** How many are shown; who is not among them is found by more of the name. */
const MOST = 20;
const PAUSE = 150;

/** Finds the agent whose panel is to be shown, by a part of the name or the id. */
export class AgentChooser extends LitElement {
    static properties = {
        found: { state: true },
        problem: { state: true },
    };

    static styles = [
        words,
        controls,
        cards,
        css`
            :host {
                display: block;
                max-width: 36rem;
                margin-top: var(--gap-4);
            }

            label {
                display: flex;
                font-weight: 600;
            }

            ul {
                min-height: 12rem;
                margin-top: var(--gap-3);
            }

            li a {
                display: flex;
                flex-wrap: wrap;
                gap: 0 var(--gap-3);
                align-items: center;
                min-height: var(--target);
                padding: var(--gap-1) var(--gap-2);
                border-radius: var(--round);
                text-decoration: none;
            }

            li a:hover {
                background: var(--raised);
            }

            status-badge {
                margin-left: auto;
            }
        `,
    ];

    #pause = 0;
    #turn = 0;

    firstUpdated() {
        this.#search('');
        this.renderRoot.querySelector('input').focus();
    }

    #typed(event) {
        const q = event.target.value.trim();
        clearTimeout(this.#pause);
        this.#pause = setTimeout(() => this.#search(q), PAUSE);
    }

    async #search(q) {
        const turn = ++this.#turn;
        try {
            const { agents } = await get('/v1/agents' + query({ q, limit: MOST }));
            if (turn === this.#turn) {
                this.found = agents;
                this.problem = null;
            }
        } catch (problem) {
            if (turn === this.#turn) {
                this.problem = problem;
            }
        }
    }

    render() {
        return html`<section class="card">
            <h2>${texts.agent.choose}</h2>
            <label>
                ${texts.agent.search}
                <input type="search" autocomplete="off" spellcheck="false" aria-describedby="hint" @input=${this.#typed} />
            </label>
            <p class="small quiet" id="hint">${texts.agent.chooseHint}</p>
            <problem-note .problem=${this.problem}></problem-note>
            <ul aria-label=${texts.agent.choose}>
                ${this.found?.map(
                    ({ agent, name, status }) => html`<li>
                        <a href="/agent${query({ agent })}">
                            <span>${name}</span> <span class="small quiet">${agent}</span>
                            <status-badge .status=${status}></status-badge>
                        </a>
                    </li>`,
                )}
            </ul>
            <p role="status">${this.found?.length === 0 ? texts.agent.nobody : nothing}</p>
        </section>`;
    }
}

customElements.define('agent-chooser', AgentChooser);
