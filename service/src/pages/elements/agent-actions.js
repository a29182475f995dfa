import { css, html, LitElement, nothing } from 'lit';
import { command, path } from '../common/api.js';
import { fill, listed, plural, texts } from '../common/texts.js';
import { ask } from './confirm-dialog.js';
import { controls, words } from './styles.js';
import { toast } from './toasts.js';

/** So many commands are under way at once. */
const TOGETHER = 4;
/** So many names, and so many refusals, are told one by one. */
const MOST = 10;

/** The requests of the commands. */
const REQUESTS = {
    SELECT_PROFILE: ({ agent }, profile) => command('PUT', path`/v1/agents/${agent}/profile`, { profile: profile.id }),
    READY: ({ agent }) => command('PUT', path`/v1/agents/${agent}/readiness`, { ready: true }),
    NOT_READY: ({ agent }) => command('PUT', path`/v1/agents/${agent}/readiness`, { ready: false }),
    SIGN_OUT: ({ agent }) => command('POST', path`/v1/agents/${agent}/sign-out`),
};

/**
 * What a supervisor does with one agent or several: `<agent-actions .agents=${[presence]} .profiles=${profiles}>`. Several
 * are asked about first, and a sign-out always. Refusals stand below, in the service's words.
 */
export class AgentActions extends LitElement {
    static properties = {
        agents: { attribute: false },
        profiles: { attribute: false },
        profile: { state: true },
        busy: { state: true },
        refused: { state: true },
    };

    static styles = [
        words,
        controls,
        css`
            .joined {
                display: flex;
                min-width: 0;
            }

            .joined select {
                min-width: 0;
                max-width: 11rem;
                border-top-right-radius: 0;
                border-bottom-right-radius: 0;
            }

            .joined button {
                margin-left: -1px;
                border-top-left-radius: 0;
                border-bottom-left-radius: 0;
            }

            .refused {
                margin-top: var(--gap-2);
                padding: var(--gap-2) var(--gap-3);
                border: 1px solid var(--bad);
                border-radius: var(--round);
                background: var(--bad-soft);
                overflow-wrap: anywhere;
            }
        `,
    ];

    /** Whom the last command was for, by their ids. @type {Set<string>} */
    #asked = new Set();

    constructor() {
        super();
        this.agents = [];
        this.profiles = [];
        this.profile = '';
        this.busy = false;
        this.refused = [];
    }

    willUpdate(changed) {
        // Who was refused something is told until others are chosen.
        if (changed.has('agents') && !this.busy && this.agents.length > 0 && !this.agents.some(({ agent }) => this.#asked.has(agent))) {
            this.refused = [];
        }
        if (changed.has('profiles') && !this.profiles.some(({ id }) => id === this.profile)) {
            this.profile = '';
        }
    }

    get #who() {
        const names = this.agents.map(({ name }) => name);
        return names.length > 0 && names.length <= 3 ? listed(names) : plural(names.length, texts.board.actions.agents);
    }

    async #do(type) {
        const agents = this.agents;
        const profile = this.profiles.find(({ id }) => id === this.profile);
        const said = { who: this.#who, profile: profile?.name };
        if ((agents.length > 1 || type === 'SIGN_OUT') && !(await this.#agreed(type, said))) {
            return;
        }
        this.busy = true;
        this.#asked = new Set(agents.map(({ agent }) => agent));
        this.refused = [];
        const refused = [];
        const waiting = [...agents];
        const oneByOne = async () => {
            for (let agent = waiting.shift(); agent; agent = waiting.shift()) {
                try {
                    await REQUESTS[type](agent, profile);
                } catch (problem) {
                    refused.push({ name: agent.name, problem });
                }
            }
        };
        await Promise.all(Array.from({ length: TOGETHER }, oneByOne));
        this.busy = false;
        this.refused = refused;
        if (refused.length === 0) {
            this.profile = '';
            toast(fill(texts.board.actions.done[type], said), 'good');
        }
    }

    #agreed(type, said) {
        const actions = texts.board.actions;
        const names = this.agents.slice(0, MOST).map(({ name }) => name);
        const more = this.agents.length - names.length;
        return ask({
            title: fill(actions.ask[type], said),
            text: html`${type === 'SIGN_OUT' ? actions.signOutText : ''}
            ${this.agents.length > 3 ? listed([...names, ...(more > 0 ? [plural(more, actions.more)] : [])]) : ''}`,
            yes: { SELECT_PROFILE: actions.setProfile, READY: actions.ready, NOT_READY: actions.notReady, SIGN_OUT: actions.signOut }[type],
            danger: type === 'SIGN_OUT',
        });
    }

    render() {
        const actions = texts.board.actions;
        const idle = this.busy || this.agents.length === 0;
        return html`<div class="actions" role="group" aria-label=${fill(actions.title, { who: this.#who })} aria-busy=${this.busy}>
                <span class="joined">
                    <select
                        aria-label=${actions.profile}
                        ?disabled=${idle}
                        @change=${(event) => (this.profile = event.target.value)}
                    >
                        <option value="" .selected=${this.profile === ''}>${actions.choose}</option>
                        ${this.profiles.map(({ id, name }) => html`<option value=${id} .selected=${id === this.profile}>${name}</option>`)}
                    </select>
                    <button ?disabled=${idle || this.profile === ''} @click=${() => this.#do('SELECT_PROFILE')}>${actions.setProfile}</button>
                </span>
                <button ?disabled=${idle} @click=${() => this.#do('READY')}>${actions.ready}</button>
                <button ?disabled=${idle} @click=${() => this.#do('NOT_READY')}>${actions.notReady}</button>
                <button class="danger" ?disabled=${idle} @click=${() => this.#do('SIGN_OUT')}>${actions.signOut}</button>
            </div>
            ${this.refused.length === 0 ? nothing : this.#refusals()}`;
    }

    #refusals() {
        const actions = texts.board.actions;
        const more = this.refused.length - MOST;
        return html`<div class="refused" role="alert">
            <p>${plural(this.refused.length, actions.refused, { all: this.#asked.size })}</p>
            <ul>
                ${this.refused.slice(0, MOST).map(({ name, problem }) => html`<li><b>${name}</b> ${problem.message}</li>`)}
                ${more > 0 ? html`<li>${plural(more, actions.more)}</li>` : nothing}
            </ul>
        </div>`;
    }
}

customElements.define('agent-actions', AgentActions);
