import { css, html, LitElement, nothing } from 'lit';
import { fill, texts } from '../common/texts.js';
import '../elements/confirm-dialog.js';
import { controls, words } from '../elements/styles.js';
import './files-diff.js';
import { studio } from './studio.js';

/**
 * A release as it was made: `<release-look .release=${release}>`. Fires `closed`, and `on` when its files were put into the
 * editor to begin a draft from.
 */
export class ReleaseLook extends LitElement {
    static properties = { release: { attribute: false } };

    static styles = [
        words,
        controls,
        css`
            pre {
                margin: 0;
                padding: var(--gap-3);
                overflow-x: auto;
                background: var(--raised);
                font: var(--small) / 1.5 var(--font-code);
            }

            .parts {
                display: grid;
                gap: var(--gap-3);
                min-width: 0;
            }

            details {
                min-width: 0;
            }

            summary {
                min-height: 1.75rem;
                font-family: var(--font-code);
                cursor: pointer;
            }
        `,
    ];

    firstUpdated() {
        this.renderRoot.querySelector('confirm-dialog').show();
    }

    #close() {
        this.renderRoot.querySelector('confirm-dialog').hide();
    }

    get #files() {
        return new Map(this.release.files.map(({ path, text }) => [path, text]));
    }

    #editFrom() {
        const files = this.#files;
        const gone = [...studio.files.keys()].filter((path) => !files.has(path)).map((path) => [path, null]);
        studio.replace(new Map([...gone, ...files]));
        this.#close();
        this.dispatchEvent(new Event('on'));
    }

    render() {
        const busy = studio.draft !== null || studio.unsaved;
        return html`<confirm-dialog wide .heading=${fill(texts.rules.lookTitle, this.release)} @closed=${() => this.dispatchEvent(new Event('closed'))}>
            <div class="parts">
                <p>${this.release.comment ?? texts.rules.shipped}</p>
                ${this.release.active
                    ? nothing
                    : html`<h3>${texts.rules.lookDiff}</h3>
                          <files-diff .before=${studio.activeFiles} .after=${this.#files}></files-diff>`}
                <h3>${texts.rules.lookFiles}</h3>
                <div>
                    ${this.release.files.map(
                        ({ path, text }) =>
                            html`<details>
                                <summary>${path}</summary>
                                <pre tabindex="0" role="region" aria-label=${path}>${text}</pre>
                            </details>`,
                    )}
                </div>
            </div>
            ${studio.mayEdit && !this.release.active
                ? html`<button slot="actions" ?disabled=${busy} title=${busy ? texts.rules.editFromBusy : ''} @click=${this.#editFrom}>
                      ${texts.rules.editFrom}
                  </button>`
                : nothing}
            <button slot="actions" class="main" @click=${this.#close}>${texts.shell.close}</button>
        </confirm-dialog>`;
    }
}

customElements.define('release-look', ReleaseLook);
