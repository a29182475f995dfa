import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { plural, texts } from '../common/texts.js';
import { STATUSES } from '../common/words.js';
import '../elements/status-badge.js';
import { words } from '../elements/styles.js';

/** How many agents are what: `<status-tiles .counts=${counts} .orphaned=${0}>`. */
export class StatusTiles extends LitElement {
    static properties = {
        counts: { attribute: false },
        orphaned: { type: Number },
    };

    static styles = [
        words,
        css`
            .tiles {
                display: grid;
                grid-template-columns: repeat(auto-fit, minmax(7em, 1fr));
                gap: var(--gap-3);
            }

            a {
                display: grid;
                padding: var(--gap-3) var(--gap-4);
                border: 1px solid var(--line);
                border-radius: var(--round);
                background: var(--surface);
                color: var(--ink);
                text-decoration: none;
            }

            a:hover {
                border-color: var(--edge);
            }

            b {
                font-size: 2.25em;
                line-height: 1.2;
            }

            .rest {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-1) var(--gap-5);
                margin-top: var(--gap-2);
                min-height: 1.5em;
            }

            .rest b {
                font-size: inherit;
            }

            .worry {
                display: inline-flex;
                align-items: center;
                gap: var(--gap-1);
                color: var(--bad);
            }

            .worry .icon {
                width: 1em;
                height: 1em;
            }
        `,
    ];

    render() {
        const { statuses, ready, notReady, offers, conversations } = this.counts;
        const words = texts.board;
        const known = [...STATUSES, ...[...statuses.keys()].filter((status) => !STATUSES.includes(status))];
        return html`<ul class="tiles" aria-label=${words.counts}>
                ${known.map(
                    (status) => html`<li>
                        <a href="/directory?status=${status}" data-status=${status}>
                            <status-badge status=${status}></status-badge>
                            <b class="number">${this.#n(statuses.get(status))}</b>
                        </a>
                    </li>`,
                )}
            </ul>
            <ul class="rest number">
                <li><b>${this.#n(ready)}</b> ${words.ready}</li>
                <li><b>${this.#n(notReady)}</b> ${words.notReady}</li>
                <li><b>${this.#n(conversations.ACTIVE)}</b> ${words.conversations}</li>
                <li><b>${this.#n(conversations.WRAP_UP)}</b> ${words.wrapUp}</li>
                <li><b>${this.#n(offers)}</b> ${plural(offers, words.offers)}</li>
                ${this.orphaned > 0
                    ? html`<li class="worry">${icon('triangle-alert')}<b>${this.#n(this.orphaned)}</b> ${plural(this.orphaned, words.orphaned)}</li>`
                    : nothing}
            </ul>`;
    }

    #n(number) {
        return number.toLocaleString(texts.locale);
    }
}

customElements.define('status-tiles', StatusTiles);
