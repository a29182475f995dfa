import { css, html, LitElement, nothing } from 'lit';
import { get, path } from '../common/api.js';
import { icon } from '../common/icons.js';
import { fill, listed, plural, texts } from '../common/texts.js';
import { durationMillis } from '../common/times.js';
import { capabilityOf, channelIcon, channelWord, reasonGiven, reasonsInWords } from '../common/words.js';
import '../elements/agent-actions.js';
import '../elements/capability-icons.js';
import '../elements/explanation-view.js';
import '../elements/live-timer.js';
import '../elements/problem-note.js';
import '../elements/profile-chip.js';
import '../elements/status-badge.js';
import { controls, words } from '../elements/styles.js';
import '../elements/time-text.js';
import './day-strip.js';

/** So long after a change, in milliseconds, the rules are asked again: changes come together. */
const REST = 500;

/**
 * Everything about one agent: `<agent-card .agent=${presence} .profiles=${…} .queueNames=${…}>`. `own` says that whoever
 * looks may read why it is so and what it was; `acts`, that they may change it. Fires `close`.
 */
export class AgentCard extends LitElement {
    static properties = {
        agent: { attribute: false },
        profiles: { attribute: false },
        queueNames: { attribute: false },
        own: { type: Boolean },
        acts: { type: Boolean },
        explanation: { state: true },
        problem: { state: true },
    };

    static styles = [
        words,
        controls,
        css`
            :host {
                display: block;
                overflow: auto;
                overscroll-behavior: contain;
                border: 1px solid var(--line);
                border-radius: var(--round);
                background: var(--surface);
            }

            header {
                position: sticky;
                z-index: 1;
                top: 0;
                display: flex;
                align-items: center;
                gap: var(--gap-2);
                padding: var(--gap-2) var(--gap-2) var(--gap-2) var(--gap-4);
                border-bottom: 1px solid var(--line);
                background: var(--surface);
            }

            h2 {
                flex: 1;
                min-width: 0;
                overflow-wrap: anywhere;
            }

            .content {
                display: grid;
                gap: var(--gap-5);
                padding: var(--gap-4);
            }

            .content > * {
                min-width: 0;
            }

            .now {
                display: flex;
                flex-wrap: wrap;
                align-items: center;
                gap: var(--gap-2) var(--gap-3);
            }

            .now p {
                flex-basis: 100%;
            }

            .worry {
                display: flex;
                gap: var(--gap-2);
                color: var(--bad);
            }

            dl {
                display: grid;
                grid-template-columns: max-content minmax(0, 1fr);
                gap: var(--gap-2) var(--gap-4);
                align-items: baseline;
            }

            dt {
                color: var(--quiet);
            }

            dd li {
                display: flex;
                flex-wrap: wrap;
                align-items: center;
                gap: var(--gap-1) var(--gap-2);
                min-height: 1.75rem;
            }

            dd {
                overflow-wrap: anywhere;
            }
        `,
    ];

    #timer = 0;
    #turn = 0;

    constructor() {
        super();
        this.profiles = [];
        this.queueNames = new Map();
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        clearTimeout(this.#timer);
    }

    /** Puts the focus on the name, from where everything about the agent follows. */
    focus() {
        this.renderRoot.querySelector('h2').focus();
    }

    willUpdate(changed) {
        const before = changed.get('agent');
        if (changed.has('agent') || changed.has('own')) {
            const another = before?.agent !== this.agent.agent;
            if (another) {
                this.explanation = undefined;
                this.problem = undefined;
            }
            if (this.own && (another || before?.version !== this.agent.version)) {
                clearTimeout(this.#timer);
                this.#timer = setTimeout(() => this.#explain(), another ? 0 : REST);
            }
        }
    }

    async #explain() {
        const turn = ++this.#turn;
        const { agent } = this.agent;
        let explanation;
        let problem;
        try {
            explanation = await get(path`/v1/agents/${agent}/explanation`);
        } catch (found) {
            problem = found;
        }
        if (turn === this.#turn && agent === this.agent.agent) {
            this.explanation = explanation ?? this.explanation;
            this.problem = problem;
        }
    }

    render() {
        const agent = this.agent;
        const card = texts.directory.card;
        return html`<header>
                <h2 tabindex="-1">${agent.name} <span class="quiet small">${agent.agent}</span></h2>
                ${this.acts
                    ? html`<a class="button" href="/agent?agent=${encodeURIComponent(agent.agent)}">${card.panel}</a>`
                    : nothing}
                <button class="plain" aria-label=${card.close} title=${card.close} @click=${() => this.dispatchEvent(new Event('close'))}>
                    ${icon('x')}
                </button>
            </header>
            <div class="content">
                ${this.#now()} ${this.acts ? html`<agent-actions .agents=${[agent]} .profiles=${this.profiles}></agent-actions>` : nothing}
                ${this.#facts()}
                ${this.own
                    ? html`<day-strip
                              agent=${agent.agent}
                              name=${agent.name}
                              version=${agent.version}
                              zone=${agent.timeZone}
                              .profiles=${this.profiles}
                          ></day-strip>
                          <section aria-label=${card.why}>
                              ${this.problem
                                  ? html`<problem-note .problem=${this.problem} retry @retry=${this.#explain}></problem-note>`
                                  : html`<explanation-view .explanation=${this.explanation} .zone=${agent.timeZone}></explanation-view>`}
                          </section>`
                    : nothing}
            </div>`;
    }

    #now() {
        const agent = this.agent;
        const card = texts.directory.card;
        const worry = (text, at) =>
            at ? html`<p class="worry">${icon('triangle-alert')}<span>${text} <time-text at=${at} zone=${agent.timeZone} seconds></time-text></span></p>` : nothing;
        return html`<section class="now">
            <status-badge status=${agent.status}></status-badge>
            <span>${card.since} <live-timer since=${agent.since} zone=${agent.timeZone}></live-timer></span>
            ${agent.profile ? html`<profile-chip .profile=${agent.profile}></profile-chip>` : nothing}
            ${agent.expiresAt
                ? html`<span>${card.until} <time-text at=${agent.expiresAt} zone=${agent.timeZone}></time-text></span>`
                : nothing}
            ${agent.reasons.length > 0 ? html`<p class="quiet">${reasonsInWords(agent.reasons)}</p>` : nothing}
            ${agent.notReadyReason ? html`<p>${fill(card.reason, { reason: reasonGiven(agent.notReadyReason) })}</p>` : nothing}
            ${worry(card.disconnected, agent.signsOutAt)} ${worry(card.overrun, agent.overrunSince)}
            ${agent.missedOffers
                ? html`<p class="worry">${icon('triangle-alert')}<span>${plural(agent.missedOffers, card.missed)}</span></p>`
                : nothing}
            ${agent.offers?.length ? html`<p>${plural(agent.offers.length, card.offers)}</p>` : nothing}
        </section>`;
    }

    #facts() {
        const agent = this.agent;
        const card = texts.directory.card;
        const fact = (name, value) => (value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing);
        return html`<dl>
            ${fact(card.conversations, agent.conversations?.length ? this.#conversations() : null)}
            ${fact(
                card.capabilities,
                agent.capabilities.length > 0
                    ? html`<capability-icons labels .agent=${agent} .reasons=${this.#reasons()}></capability-icons>`
                    : card.noCapabilities,
            )}
            ${fact(
                card.queues,
                agent.queues.length > 0 ? listed(agent.queues.map((queue) => this.queueNames.get(queue) ?? queue)) : texts.directory.noQueues,
            )}
            ${fact(card.labels, agent.labels?.join(', '))} ${fact(card.zone, agent.timeZone)}
        </dl>`;
    }

    /** Why nothing can be given, by capability, as the rules say it. */
    #reasons() {
        const reasons = {};
        for (const { channel, eligible, reasons: why = [] } of this.explanation?.eligibility ?? []) {
            if (!eligible) {
                reasons[capabilityOf(channel)] ??= why;
            }
        }
        return reasons;
    }

    #conversations() {
        const card = texts.directory.card;
        const timers = new Map(this.agent.timers.filter(({ conversation }) => conversation).map((timer) => [timer.conversation, timer]));
        return html`<ul>
            ${this.agent.conversations.map((one) => {
                const timer = timers.get(one.conversation);
                const about = [
                    channelWord(one.channel),
                    one.direct ? card.direct : (this.queueNames.get(one.queue) ?? one.queue),
                    card.states[one.state] ?? one.state,
                    one.suspect ? card.suspect : '',
                ];
                return html`<li>
                    ${icon(channelIcon(one.channel))}
                    <span title=${one.conversation}>${about.filter(Boolean).join(', ')}</span>
                    <live-timer
                        since=${timer?.startedAt ?? one.startedAt}
                        .limit=${durationMillis(timer?.limit)}
                        zone=${this.agent.timeZone}
                    ></live-timer>
                </li>`;
            })}
        </ul>`;
    }
}

customElements.define('agent-card', AgentCard);
