import { css, html, LitElement } from 'lit';
import handbook from '../../../../rules/README.md';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import { controls, tables, words } from '../elements/styles.js';
import { markdown } from './markdown.js';

/** The analysts' handbook beside the rules; over them where there is no room. Fires `closed`. */
export class HandbookPanel extends LitElement {
    static styles = [
        words,
        controls,
        tables,
        css`
            :host {
                position: sticky;
                top: var(--gap-3);
                display: flex;
                flex-direction: column;
                width: 27rem;
                max-height: calc(100vh - 2 * var(--gap-3));
                border: 1px solid var(--line);
                border-radius: var(--round);
                background: var(--surface);
            }

            header {
                display: flex;
                align-items: center;
                justify-content: space-between;
                padding: var(--gap-2) var(--gap-2) var(--gap-2) var(--gap-4);
                border-bottom: 1px solid var(--line);
            }

            .text {
                padding: var(--gap-4);
                overflow: auto;
                overflow-wrap: break-word;
            }

            .text > * + * {
                margin-top: var(--gap-3);
            }

            h3,
            h4,
            h5 {
                margin-block: var(--gap-5) 0;
                font-size: var(--large);
            }

            h5 {
                font-size: var(--text);
            }

            ul {
                padding-left: var(--gap-4);
                list-style: disc;
            }

            pre,
            .table {
                overflow-x: auto;
            }

            pre {
                margin-bottom: 0;
                padding: var(--gap-3);
                border-radius: var(--round);
                background: var(--raised);
            }

            code {
                font: var(--small) / 1.5 var(--font-code);
            }

            table {
                font-size: var(--small);
            }

            td code {
                overflow-wrap: break-word;
            }

            @media (max-width: 90rem) {
                :host {
                    position: fixed;
                    z-index: 10;
                    top: 0;
                    right: 0;
                    bottom: 0;
                    width: min(32rem, 100vw);
                    max-height: none;
                    box-shadow: 0 0 40px var(--shade);
                }
            }
        `,
    ];

    firstUpdated() {
        this.renderRoot.querySelector('.text').focus();
    }

    #close() {
        this.dispatchEvent(new Event('closed'));
    }

    #key(event) {
        if (event.key === 'Escape') {
            this.#close();
        }
    }

    /** Headings are in the shadow of this element, where the address does not lead. */
    #follow(event) {
        const target = event.target.closest?.('a')?.getAttribute('href');
        if (target) {
            event.preventDefault();
            this.renderRoot.querySelector(`[id="${target.slice(1)}"]`)?.scrollIntoView();
        }
    }

    render() {
        return html`<header>
                <h2 id="title">${texts.rules.handbook}</h2>
                <button class="plain" aria-label=${texts.shell.close} @click=${this.#close}>${icon('x')}</button>
            </header>
            <div class="text" role="region" aria-labelledby="title" tabindex="0" @click=${this.#follow} @keydown=${this.#key}>
                ${markdown(handbook)}
            </div>`;
    }
}

customElements.define('handbook-panel', HandbookPanel);
