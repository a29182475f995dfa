import { html, LitElement, nothing } from 'lit';
import { clock, Ticking } from '../common/clock.js';
import { icon } from '../common/icons.js';
import { fill, listed, texts } from '../common/texts.js';
import { counted, millis, wholeTime } from '../common/times.js';
import { CAPABILITIES, capabilityIcon, capabilityOf, capabilityWord, statusWord } from '../common/words.js';
import '../elements/profile-chip.js';
import { words } from '../elements/styles.js';
import { statusShape } from '../elements/status-badge.js';
import { grid } from './grid-styles.js';

/** How many rows above and below those that are seen are drawn too, so that scrolling shows none that is empty. */
const MARGIN = 8;

/**
 * Agents as a table of any length, of which only the rows that are seen are drawn: `<agent-grid .agents=${list}
 * .queueNames=${Map}>`. Fires `chosen` with an agent's id as its detail. Its rows are plain, since elements of their own for
 * each cell cost more than a frame when all of them change at a key.
 */
export class AgentGrid extends LitElement {
    static properties = {
        agents: { attribute: false },
        queueNames: { attribute: false },
        chosen: { type: String },
        active: { state: true },
        first: { state: true },
        seen: { state: true },
    };

    static styles = [words, grid];

    /** Who is in the row that the keys move; empty for whoever is the first. */
    #activeAgent = '';
    /** The height of a row in pixels, as the styles make it. */
    #row = 40;
    #head = 0;
    /** Each profile as it is shown first, since what is the same object is not drawn anew. @type {Map<string, any>} */
    #profiles = new Map();

    constructor() {
        super();
        this.agents = [];
        this.queueNames = new Map();
        this.chosen = '';
        /** The row that the keys move. */
        this.active = 0;
        this.first = 0;
        this.seen = 0;
        new Ticking(this);
        this.resized = new ResizeObserver(() => this.#measure());
    }

    firstUpdated() {
        this.resized.observe(this.#scroller);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.resized.disconnect();
    }

    get #scroller() {
        return this.renderRoot.querySelector('.scroller');
    }

    /** Puts the focus on the list, where it was. */
    focus() {
        this.#scroller.focus({ preventScroll: true });
    }

    /** Shows the list from its beginning. */
    toTop() {
        this.active = 0;
        this.#activeAgent = '';
        this.#scroller.scrollTop = 0;
    }

    willUpdate(changed) {
        if (changed.has('agents')) {
            // Whoever comes and goes above, the row stays with whom it was put on; with the next one if that one goes.
            const at = this.agents.findIndex(({ agent }) => agent === this.#activeAgent);
            if (at >= 0 || this.#activeAgent === '') {
                this.active = Math.max(0, at);
            } else {
                this.#activate(Math.max(0, Math.min(this.active, this.agents.length - 1)));
            }
        }
    }

    #activate(index) {
        this.active = index;
        this.#activeAgent = this.agents[index]?.agent ?? '';
    }

    updated(changed) {
        if (changed.has('agents')) {
            this.style.setProperty('--count', String(this.agents.length));
        }
        this.style.setProperty('--first', String(this.#start()));
    }

    #measure() {
        const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
        this.#row = parseFloat(getComputedStyle(this.#scroller).getPropertyValue('--row')) * rem;
        this.#head = this.renderRoot.querySelector('.top').offsetHeight;
        this.#scrolled();
    }

    #scrolled() {
        const { scrollTop, clientHeight } = this.#scroller;
        this.first = Math.floor(scrollTop / this.#row);
        this.seen = Math.ceil(clientHeight / this.#row);
    }

    #start() {
        return Math.max(0, Math.min(this.first, this.agents.length - this.seen) - MARGIN);
    }

    #pressed(event) {
        const page = Math.max(1, this.seen - 2);
        const last = this.agents.length - 1;
        const to = {
            ArrowDown: this.active + 1,
            ArrowUp: this.active - 1,
            PageDown: this.active + page,
            PageUp: this.active - page,
            Home: 0,
            End: last,
        }[event.key];
        if (to !== undefined) {
            event.preventDefault();
            this.#activate(Math.max(0, Math.min(to, last)));
            this.#show(this.active);
        } else if (event.key === 'Enter' && this.agents.length > 0) {
            event.preventDefault();
            this.#choose(this.agents[this.active].agent);
        }
    }

    /** Scrolls as little as it takes for the row to be seen below the head. */
    #show(index) {
        const scroller = this.#scroller;
        const top = index * this.#row;
        const room = scroller.clientHeight - this.#head;
        if (top < scroller.scrollTop) {
            scroller.scrollTop = top;
        } else if (top + this.#row > scroller.scrollTop + room) {
            scroller.scrollTop = top + this.#row - room;
        }
    }

    #choose(agent) {
        this.dispatchEvent(new CustomEvent('chosen', { detail: agent }));
    }

    render() {
        const columns = texts.directory.columns;
        const start = this.#start();
        const shown = this.agents.slice(start, start + this.seen + 2 * MARGIN);
        return html`<div
            class="scroller"
            role="grid"
            tabindex="0"
            aria-label=${texts.directory.list}
            aria-rowcount=${this.agents.length + 1}
            aria-activedescendant=${this.active >= start && this.active < start + shown.length ? 'row-' + this.active : nothing}
            @scroll=${this.#scrolled}
            @keydown=${this.#pressed}
        >
            <div role="rowgroup" class="top">
                <div role="row" class="row head" aria-rowindex="1">
                    ${Object.entries(columns).map(([name, word]) => html`<span role="columnheader" class=${name}>${word}</span>`)}
                </div>
            </div>
            <div class="space" role="presentation">
                <div role="rowgroup" class="rows">${shown.map((agent, at) => this.#drawn(agent, start + at))}</div>
            </div>
        </div>`;
    }

    #drawn(agent, index) {
        return html`<div
            role="row"
            id="row-${index}"
            class="row ${index === this.active ? 'active' : ''}"
            aria-rowindex=${index + 2}
            aria-selected=${agent.agent === this.chosen}
            data-agent=${agent.agent}
            @click=${() => {
                this.#activate(index);
                this.#choose(agent.agent);
            }}
        >
            <span role="gridcell" class="status" data-status=${agent.status}
                ><svg viewBox="0 0 16 16" aria-hidden="true">${statusShape(agent.status)}</svg>${statusWord(agent.status)}</span
            >
            <span role="gridcell" class="name"><b>${agent.name}</b> <span class="quiet">${agent.agent}</span></span>
            <span role="gridcell" class="profile">
                ${agent.profile
                    ? html`<profile-chip .profile=${this.#profile(agent.profile)}></profile-chip>`
                    : html`<span class="quiet">${texts.directory.noProfile}</span>`}
            </span>
            <span role="gridcell" class="capabilities">${this.#capabilities(agent)}</span>
            <span role="gridcell" class="queues">${this.#queues(agent)}</span>
            <span role="gridcell" class="since number" title=${wholeTime(agent.since, agent.timeZone)}
                >${counted(clock.now() - millis(agent.since))}</span
            >
        </div>`;
    }

    #profile(profile) {
        const { id, name, colour, icon: sign } = profile;
        const key = [id, name, colour, sign].join();
        const known = this.#profiles.get(key) ?? profile;
        this.#profiles.set(key, known);
        return known;
    }

    /** A place for each, so that they stand below each other; a bar through those that nothing can be given for now. */
    #capabilities(agent) {
        const open = new Set(agent.eligible.map(capabilityOf));
        return CAPABILITIES.map((capability) => {
            const state = !agent.capabilities.includes(capability) ? 'none' : open.has(capability) ? 'open' : 'shut';
            const words = state === 'none' ? '' : fill(texts.capabilityStates[state], { name: capabilityWord(capability) });
            return html`<span class="capability" data-state=${state} title=${words}
                >${icon(capabilityIcon(capability))}<span class="unseen">${words}</span></span
            >`;
        });
    }

    #queues(agent) {
        if (agent.queues.length === 0) {
            return html`<span class="quiet">${texts.directory.noQueues}</span>`;
        }
        const names = listed(agent.queues.map((queue) => this.queueNames.get(queue) ?? queue));
        return html`<span title=${names}>${names}</span>`;
    }
}

customElements.define('agent-grid', AgentGrid);
