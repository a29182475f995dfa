import { css, html, LitElement } from 'lit';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import { controls, words } from '../elements/styles.js';

/** A secret that is shown this once, to be copied: `<secret-once .secret=${text} name="…">`. Fires `kept` when it may go. */
export class SecretOnce extends LitElement {
    static properties = {
        secret: { type: String },
        name: { type: String },
        copied: { state: true },
    };

    static styles = [
        words,
        controls,
        css`
            .secret {
                display: grid;
                gap: var(--gap-3);
                padding: var(--gap-4);
                border: 2px solid var(--good);
                border-radius: var(--round);
                background: var(--good-soft);
            }

            input {
                width: 100%;
                font-family: var(--font-code);
            }
        `,
    ];

    willUpdate(changed) {
        if (changed.has('secret')) {
            this.copied = false;
        }
    }

    updated(changed) {
        if (changed.has('secret')) {
            this.#field.focus();
            this.#field.select();
        }
    }

    get #field() {
        return this.renderRoot.querySelector('input');
    }

    async #copy() {
        try {
            await navigator.clipboard.writeText(this.secret);
            this.copied = true;
        } catch {
            // Without the browser's leave it is at least selected, to be copied by hand.
            this.#field.select();
        }
    }

    render() {
        return html`<section class="secret" aria-label=${this.name}>
            <b>${this.name}</b>
            <p>${texts.admin.secretOnce}</p>
            <label>${texts.admin.secret} <input readonly .value=${this.secret} /></label>
            <div class="actions">
                <button class="main" @click=${this.#copy}>${icon(this.copied ? 'check' : 'clipboard-list')} ${this.copied ? texts.admin.copied : texts.admin.copy}</button>
                <button @click=${() => this.dispatchEvent(new Event('kept'))}>${texts.admin.secretKept}</button>
            </div>
        </section>`;
    }
}

customElements.define('secret-once', SecretOnce);
