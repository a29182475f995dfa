import { css, html, LitElement, nothing } from 'lit';
import { command, path, request } from '../common/api.js';
import { fill, listed, plural, texts } from '../common/texts.js';
import { ask } from './confirm-dialog.js';
import { controls, words } from './styles.js';
import { toast } from './toasts.js';

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
 * What a supervisor does with one agent or several: `<agent-actions .agents=${[presence]} .profiles=${profiles}>`. What
 * several would become is said and asked about first, and a sign-out always. Refusals stand below, in the service's words.
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
        const { agents } = this;
        const profile = this.profiles.find(({ id }) => id === this.profile);
        const said = { who: this.#who, profile: profile?.name };
        this.busy = true;
        this.#asked = new Set(agents.map(({ agent }) => agent));
        this.refused = [];
        try {
            const refused = await (agents.length === 1 ? this.#one(agents[0], type, profile, said) : this.#many(agents, type, profile, said));
            this.refused = refused ?? [];
            if (refused?.length === 0) {
                this.profile = '';
                toast(fill(texts.board.actions.done[type], said), 'good');
            }
        } catch (problem) {
            this.refused = agents.map(({ name }) => ({ name, why: problem.message }));
        } finally {
            this.busy = false;
        }
    }

    /** Answers who was refused and why; undefined if it was not to be done after all. */
    async #one(agent, type, profile, said) {
        if (type === 'SIGN_OUT' && !(await this.#agreed([agent], type, said))) {
            return undefined;
        }
        await REQUESTS[type](agent, profile);
        return [];
    }

    /** The same of several, once it is said what it would do. */
    async #many(agents, type, profile, said) {
        const where = { agents: agents.map(({ agent }) => agent) };
        const change = (dryRun) => request('POST', '/v1/agents/bulk', { body: { where, command: { type, profile: profile?.id }, dryRun } });
        const refusedOf = (result) =>
            result.agents
                .filter(({ outcome }) => outcome === 'REFUSED')
                .map(({ agent, detail }) => ({ name: agents.find((one) => one.agent === agent).name, why: detail }));
        const rehearsal = await change(true);
        const agreed = await this.#agreed(agents, type, said, rehearsal, refusedOf(rehearsal));
        return agreed ? refusedOf(await change(false)) : undefined;
    }

    #agreed(agents, type, said, rehearsal, refused = []) {
        const actions = texts.board.actions;
        const names = agents.slice(0, MOST).map(({ name }) => name);
        const more = agents.length - names.length;
        return ask({
            title: fill(actions.ask[type], said),
            text: html`${type === 'SIGN_OUT' ? actions.signOutText : ''}
            ${agents.length > 3 ? listed([...names, ...(more > 0 ? [plural(more, actions.more)] : [])]) : ''}
            ${rehearsal ? fill(texts.board.many.would, { ...rehearsal, matched: plural(rehearsal.matched, actions.agents) }) : ''}
            ${list(refused)}`,
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
        return html`<div class="refused" role="alert">
            <p>${plural(this.refused.length, texts.board.actions.refused, { all: this.#asked.size })}</p>
            ${list(this.refused)}
        </div>`;
    }
}

/** Who is refused, and why. @param {{name: string, why: string}[]} refused */
function list(refused) {
    const more = refused.length - MOST;
    return refused.length === 0
        ? nothing
        : html`<ul>
              ${refused.slice(0, MOST).map(({ name, why }) => html`<li><b>${name}</b> ${why}</li>`)}
              ${more > 0 ? html`<li>${plural(more, texts.board.actions.more)}</li>` : nothing}
          </ul>`;
}

customElements.define('agent-actions', AgentActions);
