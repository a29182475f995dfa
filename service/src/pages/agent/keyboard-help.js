import { css, html, LitElement } from 'lit';
import { texts } from '../common/texts.js';
import '../elements/confirm-dialog.js';
import { controls, words } from '../elements/styles.js';

/** Which single keys do what, and whether they do anything. */
export class KeyboardHelp extends LitElement {
    static properties = { shortcuts: { attribute: false } };

    static styles = [
        words,
        controls,
        css`
            dl {
                display: grid;
                grid-template-columns: max-content 1fr;
                gap: var(--gap-2) var(--gap-4);
                align-items: center;
                margin: var(--gap-3) 0;
            }

            kbd {
                display: inline-grid;
                place-items: center;
                min-width: 1.75rem;
                height: 1.75rem;
                border: 1px solid var(--edge);
                border-radius: var(--round);
                background: var(--raised);
                font: 600 var(--text) var(--font-code);
            }

            label {
                flex-direction: row;
                gap: var(--gap-2);
                align-items: center;
            }
        `,
    ];

    get #frame() {
        return this.renderRoot.querySelector('confirm-dialog');
    }

    show() {
        this.#frame.show();
    }

    render() {
        return html`<confirm-dialog .heading=${texts.agent.shortcuts}>
            <p class="quiet">${texts.agent.shortcutsHint}</p>
            <dl>
                ${Object.entries(texts.agent.keys).map(
                    ([key, does]) => html`<dt><kbd>${key.toUpperCase()}</kbd></dt>
                        <dd>${does}</dd>`,
                )}
            </dl>
            <label>
                <input
                    type="checkbox"
                    .checked=${this.shortcuts.isOn}
                    @change=${(event) => {
                        this.shortcuts.isOn = event.target.checked;
                    }}
                />
                ${texts.agent.shortcutsOn}
            </label>
            <button slot="actions" @click=${() => this.#frame.hide()}>${texts.shell.close}</button>
        </confirm-dialog>`;
    }
}

customElements.define('keyboard-help', KeyboardHelp);
