import { css, html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import { durationMillis } from '../common/times.js';
import { channelIcon, channelWord } from '../common/words.js';
import { KeptFocus } from '../elements/kept-focus.js';
import '../elements/live-timer.js';
import { cards, controls, words } from '../elements/styles.js';
import { end, give, handled } from './commands.js';

/** The conversations that are open, each with its handling time. It fires `transfer` with the id of one to be given away. */
export class ConversationList extends LitElement {
    static properties = {
        presence: { attribute: false },
        pending: { attribute: false },
        catalogue: { attribute: false },
    };

    static styles = [
        words,
        controls,
        cards,
        css`
            ul,
            .empty {
                min-height: 8rem;
            }

            li {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2) var(--gap-3);
                align-items: center;
                padding: var(--gap-3) 0;
                border-bottom: 1px solid var(--line);
            }

            li:first-child {
                padding-top: 0;
            }

            li:last-child {
                border: 0;
            }

            .what {
                flex: 1 1 11rem;
                overflow-wrap: anywhere;
            }

            live-timer {
                min-width: 5.5rem;
                font-size: var(--large);
            }

            .doings {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2);
            }

            .suspect {
                display: flex;
                gap: var(--gap-1);
                color: var(--warn);
            }

            .suspect .icon {
                width: 1.2em;
            }
        `,
    ];

    constructor() {
        super();
        new KeptFocus(this);
    }

    render() {
        const conversations = this.presence.conversations ?? [];
        const limits = new Map(this.presence.timers.map(({ conversation, limit }) => [conversation, durationMillis(limit) || 0]));
        return html`<section class="card">
            <h2 tabindex="-1">${texts.agent.conversations}</h2>
            ${conversations.length === 0
                ? html`<p class="empty quiet">${texts.agent.noConversations}</p>`
                : html`<ul aria-label=${texts.agent.conversations}>
                      ${repeat(
                          conversations,
                          ({ conversation }) => conversation,
                          (one) => this.#conversation(one, limits.get(one.conversation)),
                      )}
                  </ul>`}
        </section>`;
    }

    #conversation({ conversation, channel, queue, direct, state, suspect, startedAt }, limit) {
        const isPending = this.pending.has(`conversation ${conversation}`);
        const details = [queue && this.catalogue.queueName(queue), direct && texts.agent.direct, texts.agent.states[state], isPending && texts.agent.pending];
        return html`<li data-conversation=${conversation}>
            ${icon(channelIcon(channel))}
            <div class="what">
                <b>${channelWord(channel)}</b> <span class="quiet">${conversation}</span>
                <p class="small quiet">${details.filter(Boolean).join(' · ')}</p>
                ${suspect ? html`<p class="suspect small">${icon('triangle-alert')} ${texts.agent.suspect}</p>` : nothing}
            </div>
            <live-timer .since=${startedAt} .limit=${limit} .zone=${this.presence.timeZone}></live-timer>
            <div class="doings">
                ${state === 'ACTIVE'
                    ? html`${this.#button('transfer', conversation, 'arrow-right', () => this.#transfer(conversation))}
                      ${this.#button('end', conversation, 'phone-off', () => give(this, end(conversation)))}`
                    : nothing}
                ${this.#button('handled', conversation, 'check', () => give(this, handled(conversation)))}
            </div>
        </li>`;
    }

    #transfer(conversation) {
        this.dispatchEvent(new CustomEvent('transfer', { detail: conversation }));
    }

    #button(what, conversation, sign, does) {
        return html`<button
            aria-label=${fill(texts.agent[`${what}Of`], { conversation })}
            aria-busy=${this.pending.has(`conversation ${conversation}`)}
            @click=${does}
        >
            ${icon(sign)} ${texts.agent[what]}
        </button>`;
    }
}

customElements.define('conversation-list', ConversationList);
