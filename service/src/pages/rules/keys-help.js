import { css, html, LitElement } from 'lit';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import '../elements/confirm-dialog.js';
import { controls, words } from '../elements/styles.js';

/** A button that shows what the keyboard can do. */
export class KeysHelp extends LitElement {
    static styles = [
        words,
        controls,
        css`
            dl {
                display: grid;
                grid-template-columns: auto 1fr;
                gap: var(--gap-2) var(--gap-4);
                margin-bottom: var(--gap-3);
            }

            kbd {
                font-family: var(--font-code);
                font-weight: 600;
            }
        `,
    ];

    get #dialog() {
        return this.renderRoot.querySelector('confirm-dialog');
    }

    render() {
        return html`<button class="plain" @click=${() => this.#dialog.show()}>${icon('keyboard')}${texts.rules.keys}</button>
            <confirm-dialog .heading=${texts.rules.keys}>
                <dl>
                    ${texts.rules.keyList.map(
                        ([key, does]) =>
                            html`<dt><kbd>${key}</kbd></dt>
                                <dd>${does}</dd>`,
                    )}
                </dl>
                <p class="quiet">${texts.rules.keysHint}</p>
                <button slot="actions" @click=${() => this.#dialog.hide()}>${texts.shell.close}</button>
            </confirm-dialog>`;
    }
}

customElements.define('keys-help', KeysHelp);
