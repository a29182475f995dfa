import { css, html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock } from '../common/clock.js';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import { millis, spoken } from '../common/times.js';
import { channelIcon } from '../common/words.js';
import { KeptFocus } from '../elements/kept-focus.js';
import '../elements/live-timer.js';
import { cards, controls, words } from '../elements/styles.js';
import { offerWords } from './changes.js';
import { answerOffer, give } from './commands.js';

/** The offers that can be answered, with the time that is left. A new one is also said to who listens. */
export class OfferList extends LitElement {
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
            .empty {
                min-height: 3.25rem;
            }

            ul {
                display: grid;
                gap: var(--gap-2);
            }

            li {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2) var(--gap-3);
                align-items: center;
                min-height: 3.25rem;
                padding: var(--gap-2) var(--gap-3);
                border: 2px solid var(--accent);
                border-radius: var(--round);
                background: var(--note-soft);
            }

            .what {
                flex: 1 1 9rem;
                overflow-wrap: anywhere;
            }

            .left {
                min-width: 7rem;
            }

            live-timer {
                font-size: var(--large);
                font-weight: 700;
            }

            .answers {
                display: flex;
                gap: var(--gap-2);
            }
        `,
    ];

    #said = '';
    /** @type {Set<string>} */
    #known = new Set();

    constructor() {
        super();
        new KeptFocus(this);
    }

    willUpdate() {
        const offers = this.presence.offers ?? [];
        const added = offers.find(({ offer }) => !this.#known.has(offer));
        this.#known = new Set(offers.map(({ offer }) => offer));
        if (added) {
            const time = spoken(millis(added.expiresAt) - clock.now());
            this.#said = fill(texts.agent.offerSpoken, { offer: this.#words(added), time });
        } else if (offers.length === 0) {
            this.#said = '';
        }
    }

    #words(offer) {
        return offerWords(offer, this.catalogue.queueName);
    }

    #answer({ offer }, how) {
        give(this, answerOffer(this.presence.agent, offer, how));
    }

    render() {
        const offers = this.presence.offers ?? [];
        return html`<section class="card">
            <h2 tabindex="-1">${texts.agent.offers}</h2>
            <p class="unseen" role="alert">${this.#said}</p>
            ${offers.length === 0
                ? html`<p class="empty quiet">${texts.agent.noOffers}</p>`
                : html`<ul aria-label=${texts.agent.offers}>
                      ${repeat(
                          offers,
                          ({ offer }) => offer,
                          (offer) => this.#offer(offer),
                      )}
                  </ul>`}
        </section>`;
    }

    #offer(offer) {
        const isPending = this.pending.has(`offer ${offer.offer}`);
        return html`<li>
            ${icon(channelIcon(offer.channel))}
            <div class="what">
                <b>${this.#words(offer)}</b>
                <p class="small quiet">${offer.conversation}</p>
            </div>
            <div class="left">
                <live-timer .until=${offer.expiresAt} .zone=${this.presence.timeZone}></live-timer>
                <p class="small quiet">${isPending ? texts.agent.pending : texts.agent.toAnswer}</p>
            </div>
            <div class="answers">
                <button class="main" aria-busy=${isPending} aria-keyshortcuts="a" @click=${() => this.#answer(offer, 'accept')}>
                    ${icon('check')} ${texts.agent.accept}
                </button>
                <button aria-busy=${isPending} aria-keyshortcuts="x" @click=${() => this.#answer(offer, 'reject')}>${icon('x')} ${texts.agent.reject}</button>
            </div>
        </li>`;
    }
}

customElements.define('offer-list', OfferList);
