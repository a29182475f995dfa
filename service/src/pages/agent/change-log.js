import { css, html, LitElement, nothing } from 'lit';
import { fill, texts } from '../common/texts.js';
import { cards, words } from '../elements/styles.js';
import '../elements/time-text.js';

/** What somebody else, a timer or a rule made of the agent since the page was opened, the latest first. */
export class ChangeLog extends LitElement {
    static properties = {
        log: { attribute: false },
        zone: { attribute: false },
    };

    static styles = [
        words,
        cards,
        css`
            ol,
            .empty {
                min-height: 6rem;
            }

            .scroll {
                max-height: 20rem;
                overflow-y: auto;
            }

            li {
                display: grid;
                grid-template-columns: max-content 1fr;
                gap: var(--gap-3);
                padding: var(--gap-1) 0;
                overflow-wrap: anywhere;
            }
        `,
    ];

    render() {
        return html`<section class="card">
            <h2>${texts.agent.log}</h2>
            ${this.log.length === 0
                ? html`<p class="empty quiet">${texts.agent.noLog}</p>`
                : html`<div class="scroll" tabindex="0" role="region" aria-label=${texts.agent.log}>
                      <ol>
                          ${this.log.map(
                              ({ at, text, by }) => html`<li>
                                  <time-text class="small quiet" .at=${at} .zone=${this.zone} seconds></time-text>
                                  <span>${text} ${by ? html`<span class="small quiet">${fill(texts.agent.by, { by })}</span>` : nothing}</span>
                              </li>`,
                          )}
                      </ol>
                  </div>`}
        </section>`;
    }
}

customElements.define('change-log', ChangeLog);
