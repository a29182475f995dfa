import { css, html, LitElement } from 'lit';
import { clock, Ticking } from '../common/clock.js';
import { timeToTheSecond } from '../common/times.js';

/** The service's time, for a wall: that it goes on shows that the board does. */
export class WallClock extends LitElement {
    static styles = css`
        :host {
            font-size: var(--huge);
            font-variant-numeric: tabular-nums;
            font-weight: 600;
        }
    `;

    constructor() {
        super();
        new Ticking(this);
    }

    render() {
        return html`<time>${timeToTheSecond(clock.now())}</time>`;
    }
}

customElements.define('wall-clock', WallClock);
