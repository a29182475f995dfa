import { css, html, LitElement } from 'lit';
import { clock, Ticking } from '../common/clock.js';
import { icon } from '../common/icons.js';
import { counted, millis, wholeTime } from '../common/times.js';
import { levelWords } from '../common/words.js';
import { words } from './styles.js';

/**
 * A time that counts by the service's clock: up from `since`, or down to `until`. With a `limit` in milliseconds it is
 * amber with a mark from 75 % of it, red from 100 %: `<live-timer since="2026-03-02T09:30:00.000Z" .limit=${360000}>`.
 * `zone` is the agent's own, for the hover.
 */
export class LiveTimer extends LitElement {
    static properties = {
        since: { type: String },
        until: { type: String },
        limit: { type: Number },
        zone: { type: String },
        level: { type: String, reflect: true },
    };

    static styles = [
        words,
        css`
            :host {
                display: inline-flex;
                align-items: center;
                gap: 0.25em;
                font-variant-numeric: tabular-nums;
                white-space: nowrap;
            }

            :host([level='WARN']) {
                color: var(--warn);
                font-weight: 600;
            }

            :host([level='BREACH']) {
                color: var(--bad);
                font-weight: 700;
            }

            .icon {
                width: 1em;
                height: 1em;
            }
        `,
    ];

    constructor() {
        super();
        new Ticking(this);
    }

    willUpdate() {
        const elapsed = this.since ? clock.now() - millis(this.since) : 0;
        this.level = !this.limit || elapsed < this.limit * 0.75 ? 'NONE' : elapsed < this.limit ? 'WARN' : 'BREACH';
        this.title = wholeTime(this.until || this.since, this.zone);
    }

    render() {
        const shown = this.until ? millis(this.until) - clock.now() + 999 : clock.now() - millis(this.since);
        return html`<span>${counted(shown)}</span>${this.level === 'NONE'
                ? ''
                : html`${icon('triangle-alert')}<span class="unseen">${levelWords(this.level, this.limit)}</span>`}`;
    }
}

customElements.define('live-timer', LiveTimer);
