import { css, html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../common/icons.js';
import { fill, plural, texts } from '../common/texts.js';
import { channelWord } from '../common/words.js';
import '../elements/agent-actions.js';
import { KeptFocus } from '../elements/kept-focus.js';
import '../elements/live-timer.js';
import '../elements/status-badge.js';
import { cards, controls, words } from '../elements/styles.js';

/** What is the matter: its icon, and whether it is bad already or about to be. */
const NEEDS = {
    UNDECIDED: ['circle-help', 'bad'],
    OVERRUN: ['alarm-clock', 'bad'],
    HANDLING_BREACH: ['timer', 'bad'],
    MISSED_OFFERS: ['bell', 'bad'],
    CONNECTION_LOST: ['wifi-off', 'warn'],
    SUSPECT_CONVERSATION: ['circle-help', 'warn'],
    HANDLING_WARN: ['timer', 'warn'],
};

/**
 * The agents whom somebody should look at, the most urgent first: `<attention-list .list=${answer of GET /v1/attention}
 * .agents=${live.agents}>`. With `acts` they can be selected and changed; `fixed` shows as many as there is room for.
 */
export class AttentionList extends LitElement {
    static properties = {
        list: { attribute: false },
        agents: { attribute: false },
        profiles: { attribute: false },
        queueNames: { attribute: false },
        fixed: { type: Boolean, reflect: true },
        acts: { type: Boolean },
        selected: { state: true },
    };

    static styles = [
        words,
        controls,
        cards,
        css`
            /* As high as what stands beside it, whoever comes and goes: nothing below moves. */
            :host {
                display: block;
                min-height: 24em;
                contain: size;
            }

            .card {
                height: 100%;
                overflow: auto;
            }

            @media (max-width: 64rem) {
                :host(:not([fixed])) {
                    min-height: 12em;
                    contain: none;
                }
            }

            .head {
                display: flex;
                align-items: center;
                justify-content: space-between;
                gap: var(--gap-2);
            }

            .actions {
                padding: var(--gap-2) 0;
            }

            .agents > li {
                display: grid;
                grid-template-columns: auto 5em minmax(0, 1fr);
                align-items: baseline;
                gap: 0 var(--gap-3);
                padding: var(--gap-2) 0;
                border-bottom: 1px solid var(--line);
            }

            .agents:not(.acts) > li {
                grid-template-columns: 5em minmax(0, 1fr);
            }

            /* Whoever there is no room for is in a column beside, which is not seen. */
            :host([fixed]) .card {
                display: flex;
                flex-direction: column;
            }

            :host([fixed]) .agents {
                display: flex;
                flex: 1;
                flex-flow: column wrap;
                min-height: 0;
                overflow: hidden;
            }

            :host([fixed]) .agents > li {
                width: 100%;
            }

            input {
                align-self: center;
            }

            .who {
                display: inline-block;
                min-height: 1.5rem;
                color: inherit;
                font-weight: 600;
                overflow-wrap: anywhere;
            }

            .needs li {
                display: flex;
                align-items: baseline;
                gap: var(--gap-2);
            }

            .needs .icon {
                align-self: center;
                width: 1em;
                height: 1em;
            }

            .needs span {
                flex: 1;
                min-width: 0;
                overflow-wrap: anywhere;
            }

            .bad {
                color: var(--bad);
                font-weight: 600;
            }

            .warn {
                color: var(--warn);
            }
        `,
    ];

    constructor() {
        super();
        new KeptFocus(this);
        this.profiles = [];
        this.queueNames = new Map();
        /** @type {Set<string>} */
        this.selected = new Set();
    }

    /** Who needs nothing any more is not selected any more. */
    willUpdate(changed) {
        if (changed.has('list') && this.list) {
            const shown = new Set(this.list.agents.map(({ agent }) => agent));
            if ([...this.selected].some((agent) => !shown.has(agent))) {
                this.selected = new Set([...this.selected].filter((agent) => shown.has(agent)));
            }
        }
    }

    #select(agent, yes) {
        const selected = new Set(this.selected);
        yes ? selected.add(agent) : selected.delete(agent);
        this.selected = selected;
    }

    render() {
        const words = texts.board.attention;
        const list = this.list;
        const shown = list?.agents ?? [];
        const more = this.fixed ? 0 : (list?.inNeed ?? 0) - shown.length;
        return html`<section class="card">
            <div class="head">
                <h2 tabindex="-1">${words.title}</h2>
                <span class="quiet number">${list ? plural(list.inNeed, words.inNeed) : ''}</span>
            </div>
            ${this.acts ? this.#actions() : nothing}
            ${list && shown.length === 0 ? html`<p class="quiet">${words.nobody}</p>` : nothing}
            <ol class="agents ${this.acts ? 'acts' : ''}">
                ${repeat(
                    shown,
                    ({ agent }) => agent,
                    (entry) => this.#entry(entry),
                )}
            </ol>
            ${more > 0 ? html`<p class="quiet">${plural(more, words.more)}</p>` : nothing}
        </section>`;
    }

    #actions() {
        const words = texts.board.attention;
        const agents = [...this.selected].map((agent) => this.agents.get(agent)).filter(Boolean);
        return html`<div class="actions">
            <span class="number quiet">${plural(agents.length, words.selected)}</span>
            <agent-actions .agents=${agents} .profiles=${this.profiles}></agent-actions>
        </div>`;
    }

    #entry({ agent, name, status, needs }) {
        const now = this.agents.get(agent);
        return html`<li data-agent=${agent}>
            ${this.acts
                ? html`<input
                      type="checkbox"
                      aria-label=${fill(texts.board.attention.select, { name })}
                      .checked=${this.selected.has(agent)}
                      @change=${(event) => this.#select(agent, event.target.checked)}
                  />`
                : nothing}
            <status-badge status=${now?.status ?? status}></status-badge>
            <div>
                <a class="who" href="/directory?agent=${encodeURIComponent(agent)}">${name}</a>
                <ul class="needs">
                    ${needs.map((need) => this.#need(need, now))}
                </ul>
            </div>
        </li>`;
    }

    #need(need, now) {
        const [sign, level] = NEEDS[need.need] ?? ['triangle-alert', 'warn'];
        return html`<li class=${level} data-need=${need.need}>
            ${icon(sign)}<span>${this.#words(need)}</span><live-timer since=${need.since} zone=${now?.timeZone}></live-timer>
        </li>`;
    }

    #words({ need, channel, queue, missedOffers }) {
        const { needs, about, aboutChannel } = texts.board.attention;
        const words = needs[need] ?? need.toLowerCase().replaceAll('_', ' ');
        const what = typeof words === 'string' ? words : plural(missedOffers ?? 1, words);
        return channel
            ? fill(queue ? about : aboutChannel, { need: what, channel: channelWord(channel), queue: this.queueNames.get(queue) ?? queue })
            : what;
    }
}

customElements.define('attention-list', AttentionList);
