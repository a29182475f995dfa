import { css, html, LitElement, nothing } from 'lit';
import { texts } from '../common/texts.js';
import { controls, words } from './styles.js';

/** Those of the page. @type {Set<ConfirmDialog>} */
const all = new Set();

/** Whether somebody has a dialog before them, wherever in it the focus is. */
export const isDialogOpen = () => [...all].some(({ open }) => open);

/**
 * A question that has to be answered first, in a dialog of the browser: it keeps the focus and closes with Escape.
 *
 *     if (await ask({ title: 'Sign everybody out?', text: '12 agents', yes: 'Sign out', danger: true })) …
 *
 * As an element it is a frame for a page's own dialogs: `<confirm-dialog title="…">` with `show()` and `hide()`; its content
 * is what stands between, its buttons in the slot `actions`. It fires `closed`.
 */
export class ConfirmDialog extends LitElement {
    static properties = {
        heading: { type: String },
        wide: { type: Boolean, reflect: true },
    };

    static styles = [
        words,
        controls,
        css`
            dialog {
                width: min(32rem, calc(100vw - 2rem));
                max-height: calc(100vh - 2rem);
                padding: 0;
                border: 1px solid var(--line);
                border-radius: calc(var(--round) * 1.5);
                background: var(--surface);
                color: var(--ink);
                box-shadow: 0 12px 40px var(--shade);
            }

            :host([wide]) dialog {
                width: min(60rem, calc(100vw - 2rem));
            }

            dialog::backdrop {
                background: rgb(10 14 18 / 55%);
            }

            .frame {
                display: grid;
                gap: var(--gap-4);
                padding: var(--gap-5);
            }

            .actions {
                justify-content: flex-end;
            }

            .content {
                min-width: 0;
            }
        `,
    ];

    get #dialog() {
        return this.renderRoot.querySelector('dialog');
    }

    connectedCallback() {
        super.connectedCallback();
        all.add(this);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        all.delete(this);
    }

    async show() {
        await this.updateComplete;
        if (!this.#dialog.open) {
            this.#dialog.showModal();
        }
    }

    hide() {
        this.#dialog?.close();
    }

    get open() {
        return this.#dialog?.open ?? false;
    }

    render() {
        return html`<dialog aria-labelledby="heading" @close=${() => this.dispatchEvent(new Event('closed'))}>
            <div class="frame">
                <h2 id="heading">${this.heading}</h2>
                <div class="content"><slot></slot></div>
                <div class="actions"><slot name="actions"></slot></div>
            </div>
        </dialog>`;
    }
}

customElements.define('confirm-dialog', ConfirmDialog);

/** Asks and waits for the answer. */
class Question extends LitElement {
    static properties = { question: { attribute: false } };

    static styles = [words, controls];

    answered = (yes) => {
        this.answer = yes;
        this.renderRoot.querySelector('confirm-dialog').hide();
    };

    render() {
        const { title, text, yes, no, danger } = this.question;
        return html`<confirm-dialog .heading=${title} @closed=${() => this.whenClosed(this.answer ?? false)}>
            ${text ? html`<p>${text}</p>` : nothing}
            <button slot="actions" @click=${() => this.answered(false)}>${no ?? texts.shell.cancel}</button>
            <button slot="actions" class=${danger ? 'danger' : 'main'} @click=${() => this.answered(true)}>${yes}</button>
        </confirm-dialog>`;
    }

    firstUpdated() {
        this.renderRoot.querySelector('confirm-dialog').show();
    }
}

customElements.define('confirm-question', Question);

/**
 * @param {{title: string, text?: unknown, yes: string, no?: string, danger?: boolean}} question
 * @returns {Promise<boolean>} whether it was answered with yes
 */
export function ask(question) {
    return new Promise((resolve) => {
        const element = new Question();
        element.question = question;
        element.whenClosed = (yes) => {
            element.remove();
            resolve(yes);
        };
        document.body.append(element);
    });
}
