import { css, html, LitElement } from 'lit';
import { fill, texts } from '../common/texts.js';
import { controls, words } from '../elements/styles.js';
import { SIGNS } from './outcomes.js';
import { places } from './place-styles.js';

/** Those that fail come first. */
const ORDER = ['FAILED', 'NOT_RUN', 'PASSED'];

/** What came of the examples of a file: `<examples-list .examples=${…}>`. Fires `go`, whose detail is the example. */
export class ExamplesList extends LitElement {
    static properties = { examples: { attribute: false } };

    static styles = [
        words,
        controls,
        places,
        css`
            button {
                grid-template-columns: 5.25rem 1fr;
            }

            .outcome {
                font-weight: 600;
                white-space: nowrap;
            }

            .PASSED .outcome {
                color: var(--good);
            }

            .FAILED .outcome {
                color: var(--bad);
            }
        `,
    ];

    render() {
        return html`<ul>
            ${this.examples.toSorted((one, other) => ORDER.indexOf(one.outcome) - ORDER.indexOf(other.outcome)).map(
                (example) =>
                    html`<li>
                        <button
                            class="plain ${example.outcome}"
                            @click=${() => this.dispatchEvent(new CustomEvent('go', { detail: example }))}
                        >
                            <span class="outcome"
                                ><span aria-hidden="true">${SIGNS[example.outcome]} </span>${texts.rules.outcomes[example.outcome]}</span
                            >
                            <span>${example.name}<span class="place">${this.#detail(example)}</span></span>
                        </button>
                    </li>`,
            )}
        </ul>`;
    }

    #detail({ outcome, fired, faults }) {
        if (outcome === 'FAILED') {
            return faults.map(({ message }) => message).join(' ');
        }
        return fired.length === 0 ? texts.rules.exampleFiredNone : fill(texts.rules.exampleFired, { rules: fired.join(', ') });
    }
}

customElements.define('examples-list', ExamplesList);
