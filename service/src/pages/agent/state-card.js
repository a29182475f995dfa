import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import { reasonGiven, reasonsInWords, statusWord } from '../common/words.js';
import '../elements/live-timer.js';
import '../elements/status-badge.js';
import { cards, controls, words } from '../elements/styles.js';
import { give, READY, readiness } from './commands.js';

/** What the agent is, why and for how long; ready or not; signed in or out; and what to do about a lost connection. */
export class StateCard extends LitElement {
    static properties = {
        presence: { attribute: false },
        pending: { attribute: false },
        own: { attribute: false },
    };

    static styles = [
        words,
        controls,
        cards,
        css`
            .card {
                display: grid;
                gap: var(--gap-3);
            }

            .head {
                display: flex;
                justify-content: space-between;
                align-items: baseline;
            }

            .status {
                display: flex;
                flex-wrap: wrap;
                gap: 0 var(--gap-3);
                align-items: baseline;
            }

            status-badge {
                font-size: var(--huge);
            }

            .because {
                min-height: 2.9em;
            }

            .toggle {
                display: grid;
                grid-template-columns: 1fr 1fr;
                gap: var(--gap-2);
            }

            .toggle button {
                min-height: 2.75rem;
                font-size: var(--large);
            }

            .toggle button[aria-pressed='true'] {
                border-width: 2px;
                border-color: var(--tone);
                background: var(--soft);
                color: var(--tone);
                font-weight: 700;
            }

            .ready {
                --tone: var(--free);
                --soft: var(--good-soft);
            }

            .not-ready {
                --tone: var(--away);
                --soft: var(--warn-soft);
            }

            .foot {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2) var(--gap-3);
                align-items: center;
                justify-content: space-between;
            }

            .lost {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2) var(--gap-3);
                align-items: center;
                padding: var(--gap-3);
                border: 1px solid var(--bad);
                border-radius: var(--round);
                background: var(--bad-soft);
            }

            .lost live-timer {
                font-weight: 700;
            }

            .lost .icon {
                color: var(--bad);
            }

            .lost p {
                flex: 1 1 12rem;
            }
        `,
    ];

    #fire(name) {
        this.dispatchEvent(new Event(name));
    }

    #ready(ready) {
        if (ready !== this.presence.ready || this.pending.has(READY)) {
            give(this, readiness(this.presence.agent, ready));
        }
    }

    render() {
        const { presence, pending } = this;
        const isIn = presence.status !== 'OFFLINE';
        const isPending = pending.has('ready') || pending.has('session');
        const why = fill(this.own ? texts.agent.why.self : texts.agent.why.other, { status: statusWord(presence.status), name: presence.name });
        return html`<section class="card">
            <div class="head">
                <h2>${texts.agent.state}</h2>
                <span class="small quiet" role="status">${isPending ? texts.agent.pending : nothing}</span>
            </div>
            <div class="status">
                <status-badge .status=${presence.status}></status-badge>
                <span class="quiet">
                    ${texts.agent.since}
                    <live-timer .since=${presence.since} .zone=${presence.timeZone}></live-timer>
                </span>
            </div>
            <div class="because">
                <p>${presence.reasons.length === 0 ? texts.agent.noReasons : fill(texts.agent.because, { reasons: reasonsInWords(presence.reasons) })}</p>
                ${presence.notReadyReason && !presence.ready
                    ? html`<p class="small quiet">${fill(texts.agent.notReadyReason, { reason: reasonGiven(presence.notReadyReason) })}</p>`
                    : nothing}
            </div>
            ${presence.connected ? nothing : this.#lost()}
            <div class="toggle" role="group" aria-label=${texts.agent.state}>
                ${this.#half(true, isIn, pending)} ${this.#half(false, isIn, pending)}
            </div>
            <div class="foot">
                <button class="link" @click=${() => this.#fire('why')}>${why}</button>
                <button class=${isIn ? '' : 'main'} aria-busy=${pending.has('session')} @click=${() => this.#fire(isIn ? 'sign-out' : 'sign-in')}>
                    ${icon(isIn ? 'log-out' : 'log-in')} ${isIn ? texts.agent.signOut : texts.agent.signIn}
                </button>
            </div>
            ${isIn ? nothing : html`<p class="small quiet">${texts.agent.signedOut}</p>`}
        </section>`;
    }

    #half(ready, isIn, pending) {
        const isSo = isIn && this.presence.ready === ready;
        return html`<button
            class=${ready ? 'ready' : 'not-ready'}
            title=${texts.agent.readyHint}
            aria-pressed=${isSo}
            aria-busy=${pending.has('ready')}
            ?disabled=${!isIn}
            @click=${() => this.#ready(ready)}
        >
            ${isSo ? icon(ready ? 'circle-check' : 'circle-pause') : nothing} ${ready ? texts.agent.ready : texts.agent.notReady}
        </button>`;
    }

    #lost() {
        return html`<div class="lost" role="alert">
            ${icon('wifi-off')}
            <p>${texts.agent.connectionLost} <live-timer .until=${this.presence.signsOutAt} .zone=${this.presence.timeZone}></live-timer></p>
            <button class="main" @click=${() => this.#fire('connect')}>${texts.agent.connect}</button>
        </div>`;
    }
}

customElements.define('state-card', StateCard);
