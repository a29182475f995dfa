import { css, html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock, Ticking } from '../common/clock.js';
import { fill, listed, texts } from '../common/texts.js';
import { durationMillis, durationText, durationWords, timeNear, wholeTime } from '../common/times.js';
import '../elements/confirm-dialog.js';
import '../elements/profile-chip.js';
import { cards, controls, words } from '../elements/styles.js';
import '../elements/time-text.js';
import { give, selectProfile } from './commands.js';
import { endOf, queuesOf } from './foretell.js';

const MINUTE = 60_000;
const MOST_MINUTES = 1440;

/** The profile, and the choice of another: with its end, and the queues it will join and leave, before it is chosen. */
export class ProfileMenu extends LitElement {
    static properties = {
        presence: { attribute: false },
        pending: { attribute: false },
        catalogue: { attribute: false },
        minutes: { state: true },
        choosing: { state: true },
    };

    static styles = [
        words,
        controls,
        cards,
        css`
            .now {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2) var(--gap-3);
                align-items: center;
                min-height: var(--target);
            }

            .now button {
                margin-left: auto;
            }

            .now profile-chip {
                font-size: var(--large);
                font-weight: 600;
            }

            .own {
                display: grid;
                gap: var(--gap-1);
                margin-bottom: var(--gap-4);
            }

            .own input {
                width: 8rem;
            }

            .wrong {
                color: var(--bad);
            }

            .profiles {
                display: grid;
                gap: var(--gap-2);
            }

            .profiles button {
                display: grid;
                grid-template-columns: minmax(0, 1fr) max-content;
                gap: 0 var(--gap-3);
                width: 100%;
                padding: var(--gap-2) var(--gap-3);
                text-align: left;
                font-weight: inherit;
            }

            .profiles profile-chip {
                font-weight: 600;
            }

            .effects {
                grid-column: 1 / -1;
                padding-left: 2rem;
                overflow-wrap: anywhere;
            }

            [aria-current] {
                border-width: 2px;
                border-color: var(--accent);
            }

            @media (max-width: 30rem) {
                .profiles button {
                    grid-template-columns: minmax(0, 1fr);
                }

                .when {
                    padding-left: 2rem;
                }
            }
        `,
    ];

    constructor() {
        super();
        this.minutes = '';
        new Ticking(this);
    }

    get #frame() {
        return this.renderRoot.querySelector('confirm-dialog');
    }

    async show() {
        this.minutes = '';
        this.choosing = true;
        await this.updateComplete;
        await this.#frame.show();
        (this.renderRoot.querySelector('[aria-current]') ?? this.renderRoot.querySelector('.profiles button'))?.focus();
    }

    /** The duration of one's own in milliseconds; undefined for none, NaN for what is none. */
    get #ownDuration() {
        const minutes = Number(this.minutes);
        return this.minutes === '' ? undefined : Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES ? minutes * MINUTE : NaN;
    }

    #choose(profile) {
        const own = this.#ownDuration;
        if (Number.isNaN(own)) {
            this.renderRoot.querySelector('input').focus();
            return;
        }
        const duration = own === undefined || profile.default ? undefined : durationText(own);
        give(this, selectProfile(this.presence.agent, profile.id, duration));
        this.#frame.hide();
    }

    #move(event) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) {
            event.preventDefault();
            const buttons = [...this.renderRoot.querySelectorAll('.profiles button')];
            buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length].focus();
        }
    }

    render() {
        const { profile, expiresAt, timeZone } = this.presence;
        const isWrong = Number.isNaN(this.#ownDuration);
        return html`<section class="card">
                <h2>${texts.agent.profile}</h2>
                <div class="now">
                    ${profile ? html`<profile-chip .profile=${profile}></profile-chip>` : texts.agent.noProfile}
                    ${expiresAt
                        ? html`<span class="number" title=${wholeTime(expiresAt, timeZone)}
                              >${fill(texts.agent.until, { time: timeNear(expiresAt, clock.now()) })}</span
                          >`
                        : nothing}
                    ${this.pending.has('profile') ? html`<span class="small quiet" role="status">${texts.agent.pending}</span>` : nothing}
                    <button aria-haspopup="dialog" aria-keyshortcuts="p" @click=${this.show}>${texts.agent.chooseProfile}</button>
                </div>
            </section>
            <confirm-dialog
                .heading=${texts.agent.chooseProfile}
                @closed=${() => {
                    this.choosing = false;
                }}
            >
                <div class="own">
                    <label>
                        ${texts.agent.ownDuration}
                        <input
                            inputmode="numeric"
                            autocomplete="off"
                            .value=${this.minutes}
                            aria-describedby="own-hint"
                            aria-invalid=${isWrong}
                            @input=${(event) => {
                                this.minutes = event.target.value.trim();
                            }}
                        />
                    </label>
                    <p id="own-hint" class="small ${isWrong ? 'wrong' : 'quiet'}" role="status">
                        ${isWrong ? texts.agent.ownDurationWrong : texts.agent.ownDurationHint}
                    </p>
                </div>
                <ul class="profiles" @keydown=${this.#move}>
                    ${this.choosing
                        ? repeat(
                              this.catalogue.profiles,
                              ({ id }) => id,
                              (one) => html`<li>${this.#profile(one)}</li>`,
                          )
                        : nothing}
                </ul>
                <button slot="actions" @click=${() => this.#frame.hide()}>${texts.shell.cancel}</button>
            </confirm-dialog>`;
    }

    #profile(profile) {
        const { presence, catalogue } = this;
        const isCurrent = presence.profile?.id === profile.id;
        const own = this.#ownDuration;
        const duration = profile.default ? NaN : (own ?? durationMillis(profile.duration));
        const isTimed = !Number.isNaN(duration);
        const effects = [
            isCurrent ? (isTimed ? texts.agent.restart : texts.agent.current) : undefined,
            own && profile.default ? texts.agent.notForDefault : undefined,
            ...queueEffects(queuesOf(profile, catalogue.groups, presence.queues), catalogue.queueName),
            isTimed && profile.onReturn === 'NOT_READY' ? texts.agent.comesBackNotReady : undefined,
        ];
        return html`<button aria-current=${isCurrent ? 'true' : nothing} data-profile=${profile.id} @click=${() => this.#choose(profile)}>
            <profile-chip .profile=${profile}></profile-chip>
            <span class="when small number">${isTimed ? this.#back(profile, duration) : texts.agent.noEnd}</span>
            <span class="effects small quiet">${effects.filter(Boolean).join('; ')}</span>
        </button>`;
    }

    #back(profile, duration) {
        const now = clock.now();
        const end = endOf(now, duration, profile.rounding, this.presence.timeZone);
        return html`<span title=${wholeTime(end, this.presence.timeZone)}
            >${fill(texts.agent.backAt, { duration: durationWords(duration), time: timeNear(end, now) })}</span
        >`;
    }
}

/** In words; a profile without a queue group leaves the queues alone. */
function queueEffects(effect, queueName) {
    if (!effect || effect.joins.length + effect.leaves.length === 0) {
        return [texts.agent.keepsQueues];
    }
    const { joins, leaves } = effect;
    return [
        joins.length > 0 ? fill(texts.agent.joins, { queues: listed(joins.map(queueName)) }) : undefined,
        leaves.length > 0 ? fill(texts.agent.leaves, { queues: listed(leaves.map(queueName)) }) : undefined,
    ];
}

customElements.define('profile-menu', ProfileMenu);
