import { css, html, LitElement } from 'lit';
import { clock } from '../common/clock.js';
import { timeNear, timeToTheSecond, wholeTime } from '../common/times.js';

/** An instant in the viewer's zone; a hover says all of it, here and in `zone`, the agent's own: `<time-text at="…" zone="…">`. */
export class TimeText extends LitElement {
    static properties = {
        at: { type: String },
        zone: { type: String },
        seconds: { type: Boolean },
    };

    static styles = css`
        :host {
            font-variant-numeric: tabular-nums;
            white-space: nowrap;
        }
    `;

    willUpdate() {
        this.title = this.at ? wholeTime(this.at, this.zone) : '';
    }

    render() {
        if (!this.at) {
            return '';
        }
        return html`<time datetime=${this.at}>${this.seconds ? timeToTheSecond(this.at) : timeNear(this.at, clock.now())}</time>`;
    }
}

customElements.define('time-text', TimeText);
