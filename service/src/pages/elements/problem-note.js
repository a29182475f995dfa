import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { plural, texts } from '../common/texts.js';
import { controls, words } from './styles.js';

/**
 * What did not work and why, in the service's words: `<problem-note .problem=${problem}>`. With `retry` there is a button
 * that fires `retry`. Nothing without a problem.
 */
export class ProblemNote extends LitElement {
    static properties = {
        problem: { attribute: false },
        retry: { type: Boolean },
    };

    static styles = [
        words,
        controls,
        css`
            :host {
                display: block;
            }

            .note {
                display: flex;
                gap: var(--gap-3);
                align-items: flex-start;
                padding: var(--gap-3);
                border: 1px solid var(--bad);
                border-radius: var(--round);
                background: var(--bad-soft);
            }

            .icon {
                margin-top: 0.15em;
                color: var(--bad);
            }

            .said {
                flex: 1;
                overflow-wrap: anywhere;
            }

            li + li {
                margin-top: var(--gap-1);
            }
        `,
    ];

    /** Without a problem it takes no place, not even a gap. */
    willUpdate() {
        this.hidden = !this.problem;
    }

    render() {
        const problem = this.problem;
        if (!problem) {
            return nothing;
        }
        const errors = problem.errors ?? [];
        return html`<div class="note" role="alert">
            ${icon('triangle-alert')}
            <div class="said">
                <b>${problem.title || texts.problems.title}</b>
                ${errors.length > 1
                    ? html`<ul>
                          ${errors.map((error) => html`<li><code>${error.pointer}</code> ${error.detail}</li>`)}
                      </ul>`
                    : html`<p>${problem.message}</p>`}
                ${problem.retryAfter ? html`<p class="small">${plural(problem.retryAfter, texts.problems.tryAgainIn)}</p>` : nothing}
            </div>
            ${this.retry
                ? html`<button @click=${() => this.dispatchEvent(new Event('retry'))}>${texts.problems.retry}</button>`
                : nothing}
        </div>`;
    }
}

customElements.define('problem-note', ProblemNote);
