import { css, html, LitElement } from 'lit';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import '../elements/confirm-dialog.js';
import { controls, words } from '../elements/styles.js';
import './sign-in-form.js';

/** Says that the session of a page that was open has ended, and lets one in again without losing what stands in the page. */
export class SignedOut extends LitElement {
    static styles = [
        words,
        controls,
        css`
            .note {
                display: flex;
                flex-wrap: wrap;
                align-items: center;
                gap: var(--gap-3);
                padding: var(--gap-2) var(--gap-4);
                background: var(--warn-soft);
                color: var(--ink);
            }

            .note .icon {
                color: var(--warn);
            }
        `,
    ];

    get #dialog() {
        return this.renderRoot.querySelector('confirm-dialog');
    }

    render() {
        return html`<div class="note" role="alert">
                ${icon('lock')}
                <span>${texts.signIn.ended}</span>
                <button @click=${() => this.#dialog.show()}>${texts.signIn.again}</button>
            </div>
            <confirm-dialog .heading=${texts.signIn.again}>
                <sign-in-form to="/sign-in" beside @signed-in=${() => this.#dialog.hide()}></sign-in-form>
                <button slot="actions" @click=${() => this.#dialog.hide()}>${texts.shell.cancel}</button>
            </confirm-dialog>`;
    }
}

customElements.define('signed-out', SignedOut);
