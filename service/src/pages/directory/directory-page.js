import { css, html, LitElement, nothing } from 'lit';
import { query } from '../common/api.js';
import { Definitions } from '../common/definitions.js';
import { Live } from '../common/live.js';
import { fill, plural, texts } from '../common/texts.js';
import { NO_FILTER } from '../elements/agent-filters.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import { hasOneOf, Myself } from '../shell/session.js';
import './agent-card.js';
import './agent-grid.js';
import { AgentIndex } from './agent-index.js';

/** So long after the last key, in milliseconds, the address says what is shown. */
const REST = 300;

/** All agents as they are now, to search and filter, and a card of the one that is chosen. The address says which, so that it can be shared. */
export class DirectoryPage extends LitElement {
    static properties = {
        filter: { state: true },
        chosen: { state: true },
        found: { state: true },
        /** Whether all of them have come. */
        complete: { state: true },
        /** What is said to who listens. */
        said: { state: true },
        problem: { state: true },
    };

    static styles = [
        words,
        controls,
        css`
            :host {
                display: grid;
                grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
                gap: var(--gap-3);
                height: 100%;
                padding: var(--gap-4);
            }

            .title {
                display: flex;
                align-items: baseline;
                justify-content: space-between;
                gap: var(--gap-3);
            }

            .list {
                position: relative;
                display: grid;
                grid-template: minmax(0, 1fr) / minmax(0, 1fr);
                gap: var(--gap-3);
                min-height: 0;
            }

            .list.with-card {
                grid-template-columns: minmax(0, 1fr) minmax(22rem, 30rem);
            }

            .nobody {
                position: absolute;
                inset: 4rem 0 auto;
                text-align: center;
                pointer-events: none;
            }

            /* Where there is no room for both, the card covers all of it. */
            @media (max-width: 56rem) {
                :host {
                    padding: var(--gap-2);
                }

                .list.with-card {
                    grid-template-columns: minmax(0, 1fr);
                }

                .with-card agent-grid,
                agent-filters.covered {
                    display: none;
                }

                .title.covered {
                    position: absolute;
                    width: 1px;
                    height: 1px;
                    overflow: hidden;
                    clip-path: inset(50%);
                }
            }
        `,
    ];

    #myself = new Myself(this);
    #live = new Live();
    #index = new AgentIndex();
    #definitions = new Definitions(this, this.#live);
    #timer = 0;

    constructor() {
        super();
        this.found = [];
        this.said = '';
        this.complete = false;
        this.#readAddress();
        this.#live.addEventListener('change', ({ detail }) => {
            this.#index.update(this.#live.agents, detail.agents);
            this.complete = this.#live.complete;
            this.#find();
        });
        this.#live.addEventListener('heard', () => (this.problem = undefined));
        this.#live.addEventListener('refused', () => (this.problem = this.#live.problem));
    }

    connectedCallback() {
        super.connectedCallback();
        this.closest('app-shell')?.toggleAttribute('fills', true);
        this.#live.open();
        window.addEventListener('popstate', this.#cameBack);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#live.close();
        window.removeEventListener('popstate', this.#cameBack);
        clearTimeout(this.#timer);
    }

    #cameBack = () => {
        this.#readAddress();
        this.#find();
    };

    #readAddress() {
        const parameters = new URLSearchParams(location.search);
        this.filter = Object.fromEntries(Object.keys(NO_FILTER).map((name) => [name, parameters.get(name) ?? '']));
        this.chosen = parameters.get('agent') ?? '';
    }

    #writeAddress() {
        clearTimeout(this.#timer);
        history.replaceState(null, '', location.pathname + query({ ...this.filter, agent: this.chosen }));
    }

    #find() {
        this.found = this.#index.find(this.filter);
    }

    #filtered(filter) {
        this.filter = filter;
        this.#find();
        this.#grid.toTop();
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
            this.#writeAddress();
            // What one's own keys found is said to who listens, and not each change of what others do.
            this.said = this.#count();
        }, REST);
    }

    get #grid() {
        return this.renderRoot.querySelector('agent-grid');
    }

    async #choose(agent) {
        this.chosen = agent;
        this.#writeAddress();
        await this.updateComplete;
        const card = this.renderRoot.querySelector('agent-card');
        await card?.updateComplete;
        card?.focus();
    }

    async #close() {
        this.chosen = '';
        this.#writeAddress();
        await this.updateComplete;
        this.#grid.focus();
    }

    /** Escape closes the card, wherever beside it one is. */
    #pressed(event) {
        if (event.key === 'Escape' && this.chosen !== '' && !event.defaultPrevented) {
            this.#close();
        }
    }

    render() {
        const page = texts.directory;
        const agent = this.#live.agents.get(this.chosen);
        const withCard = this.chosen !== '' && this.complete;
        return html`<div class="title ${withCard ? 'covered' : ''}">
                <h1>${texts.shell.titles.directory}</h1>
                <p class="quiet number">${this.#count()}</p>
                <p class="unseen" role="status">${this.said}</p>
            </div>
            <agent-filters
                class=${withCard ? 'covered' : ''}
                .filter=${this.filter}
                .profiles=${this.#definitions.profiles}
                .queues=${this.#definitions.queues}
                @filtered=${(event) => this.#filtered(event.detail)}
            ></agent-filters>
            <div class="list ${withCard ? 'with-card' : ''}" @keydown=${this.#pressed}>
                <agent-grid
                    .agents=${this.found}
                    .queueNames=${this.#definitions.queueNames}
                    chosen=${this.chosen}
                    @chosen=${(event) => this.#choose(event.detail)}
                ></agent-grid>
                ${this.#nobody()}
                ${withCard ? (agent ? this.#card(agent) : this.#gone()) : nothing}
                ${this.problem ? html`<problem-note .problem=${this.problem}></problem-note>` : nothing}
            </div>`;
    }

    #count() {
        const all = this.#index.size;
        if (!this.complete) {
            return texts.directory.loading;
        }
        return this.found.length === all
            ? plural(all, texts.directory.agents)
            : fill(texts.directory.found, { shown: this.found.length.toLocaleString(texts.locale), all: plural(all, texts.directory.agents) });
    }

    #nobody() {
        return this.complete && this.found.length === 0
            ? html`<p class="nobody quiet">${this.#index.size === 0 ? texts.directory.noAgents : texts.directory.nobody}</p>`
            : nothing;
    }

    #card(agent) {
        const { me } = this.#myself;
        return html`<agent-card
            role="region"
            aria-label=${fill(texts.directory.card.title, { name: agent.name })}
            .agent=${agent}
            .profiles=${this.#definitions.profiles}
            .queueNames=${this.#definitions.queueNames}
            ?own=${me && (me.agent === agent.agent || hasOneOf(me, ['SUPERVISOR', 'ROUTING', 'ANALYST', 'ADMIN']))}
            ?acts=${me && hasOneOf(me, ['SUPERVISOR', 'ADMIN'])}
            @close=${this.#close}
        ></agent-card>`;
    }

    #gone() {
        return html`<p>${fill(texts.directory.card.gone, { agent: this.chosen })} <button @click=${this.#close}>${texts.shell.close}</button></p>`;
    }
}

customElements.define('directory-page', DirectoryPage);
