import { css, html, LitElement, svg } from 'lit';
import { statusWord } from '../common/words.js';
import { words } from './styles.js';

/** A shape for each status, so that no colour is needed to tell them apart. */
const SHAPES = {
    FREE: svg`<circle cx="8" cy="8" r="7" fill="currentColor"/>`,
    BUSY: svg`<rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor"/>`,
    AWAY: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor"/>`,
    OFFLINE: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>`,
};

const UNKNOWN = svg`<path d="M8 1l7 7-7 7-7-7z" fill="none" stroke="currentColor" stroke-width="2"/>`;

/** The shape of a status alone, for pictures and long lists. @param {string} status */
export function statusShape(status) {
    return SHAPES[status] ?? UNKNOWN;
}

/**
 * A status as sign and word: `<status-badge status="FREE"></status-badge>`. With `compact` the word is there for who
 * listens, and on hover.
 */
export class StatusBadge extends LitElement {
    static properties = {
        status: { type: String },
        compact: { type: Boolean, reflect: true },
    };

    static styles = [
        words,
        css`
            :host {
                display: inline-flex;
                align-items: center;
                gap: 0.4em;
                color: var(--colour, var(--offline));
                font-weight: 600;
                white-space: nowrap;
            }

            svg {
                width: 0.85em;
                height: 0.85em;
                flex: none;
                overflow: visible;
                forced-color-adjust: auto;
            }
        `,
    ];

    willUpdate() {
        const known = this.status in SHAPES ? this.status.toLowerCase() : 'offline';
        this.style.setProperty('--colour', `var(--${known})`);
        this.title = this.compact ? statusWord(this.status) : '';
    }

    render() {
        return html`<svg viewBox="0 0 16 16" aria-hidden="true">${statusShape(this.status)}</svg
            ><span class=${this.compact ? 'unseen' : ''}>${statusWord(this.status)}</span>`;
    }
}

customElements.define('status-badge', StatusBadge);
