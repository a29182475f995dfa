import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { fill, plural, texts } from '../common/texts.js';
import { controls, words } from '../elements/styles.js';
import { places } from './place-styles.js';

/** More are counted, not shown. */
const MOST = 100;

/**
 * Problems, each with the way to its place: `<findings-list .faults=${…}>`. Fires `go`, whose detail is the fault: `file`,
 * `line` and `column`.
 */
export class FindingsList extends LitElement {
    static properties = { faults: { attribute: false } };

    static styles = [
        words,
        controls,
        places,
        css`
            .icon {
                width: 1rem;
                height: 1rem;
                margin-top: 0.2rem;
                color: var(--bad);
            }
        `,
    ];

    render() {
        const more = this.faults.length - MOST;
        return html`<ul>
            ${this.faults.slice(0, MOST).map(
                (fault) =>
                    html`<li>
                        <button class="plain" @click=${() => this.dispatchEvent(new CustomEvent('go', { detail: fault }))}>
                            ${icon('circle-x')}
                            <span
                                >${fault.message}
                                <span class="place number"
                                    >${fault.line ? fill(texts.rules.place, fault) : fault.file}</span
                                ></span
                            >
                        </button>
                    </li>`,
            )}
            ${more > 0 ? html`<li class="quiet">${plural(more, texts.rules.problemsMore)}</li>` : nothing}
        </ul>`;
    }
}

customElements.define('findings-list', FindingsList);
