import { css, html, LitElement, nothing, svg } from 'lit';
import { clock, Ticking } from '../common/clock.js';
import { connection } from '../common/live.js';
import { fill, texts } from '../common/texts.js';
import { durationWords } from '../common/times.js';
import { words } from '../elements/styles.js';

/** Whether what is shown is live, as a mark and a word; nothing on a page without a stream. */
export class LiveSign extends LitElement {
    static styles = [
        words,
        css`
            :host {
                display: contents;
            }

            .live {
                display: inline-flex;
                align-items: center;
                gap: var(--gap-2);
                min-width: 5.75rem;
                color: var(--quiet);
                font-size: var(--small);
                white-space: nowrap;
            }

            .live svg {
                width: 0.7rem;
                height: 0.7rem;
                color: var(--free);
            }

            .live.lost {
                color: var(--bad);
                font-weight: 600;
            }

            .live.lost svg {
                color: var(--bad);
            }

            .live.connecting svg {
                color: var(--offline);
            }
        `,
    ];

    constructor() {
        super();
        new Ticking(this);
    }

    #changed = () => this.requestUpdate();

    connectedCallback() {
        super.connectedCallback();
        connection.addEventListener('change', this.#changed);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        connection.removeEventListener('change', this.#changed);
    }

    render() {
        const { state } = connection;
        if (state === 'none') {
            return nothing;
        }
        const text = { live: texts.shell.live, connecting: texts.shell.connecting, lost: texts.shell.lost }[state];
        const hint =
            state === 'lost'
                ? fill(texts.shell.lostHint, { since: durationWords(clock.now() - connection.since) })
                : state === 'live'
                  ? texts.shell.liveHint
                  : '';
        return html`<span class="live ${state}" title=${hint} data-state=${state}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
                ${state === 'live'
                    ? svg`<circle cx="8" cy="8" r="7" fill="currentColor" />`
                    : svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="3" />`}
            </svg>
            ${text}
        </span>`;
    }
}

customElements.define('live-sign', LiveSign);
