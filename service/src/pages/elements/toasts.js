import { css, html, LitElement } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import { controls, words } from './styles.js';

/** How long a message stays, in milliseconds; one about a problem stays until it is closed. */
const STAYS = 8_000;
const MOST = 5;

const ICONS = { note: 'info', good: 'circle-check', warn: 'bell', bad: 'triangle-alert' };

/** What is told in passing: what came of a command, who changed something. One for a page, in the shell. */
export class ToastStack extends LitElement {
    static properties = { toasts: { state: true } };

    static styles = [
        words,
        controls,
        css`
            :host {
                position: fixed;
                z-index: 20;
                right: var(--gap-4);
                bottom: var(--gap-4);
                left: var(--gap-4);
                display: grid;
                justify-items: end;
                pointer-events: none;
            }

            .list {
                display: grid;
                gap: var(--gap-2);
                width: min(24rem, 100%);
            }

            .toast {
                display: flex;
                align-items: flex-start;
                gap: var(--gap-3);
                padding: var(--gap-3);
                border: 1px solid var(--edge);
                border-left: 4px solid var(--colour, var(--accent));
                border-radius: var(--round);
                background: var(--surface);
                box-shadow: 0 6px 20px var(--shade);
                pointer-events: auto;
                overflow-wrap: anywhere;
            }

            .good {
                --colour: var(--good);
            }

            .warn {
                --colour: var(--warn);
            }

            .bad {
                --colour: var(--bad);
            }

            .toast > .icon {
                margin-top: 0.15em;
                color: var(--colour, var(--accent));
            }

            p {
                flex: 1;
            }

            button {
                margin: calc(var(--gap-1) * -1);
                padding: 0;
            }
        `,
    ];

    #next = 0;

    constructor() {
        super();
        this.toasts = [];
        this.hear = (event) => this.#add(event.detail);
    }

    connectedCallback() {
        super.connectedCallback();
        window.addEventListener('presence-toast', this.hear);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        window.removeEventListener('presence-toast', this.hear);
    }

    #add({ text, kind }) {
        const toast = { id: this.#next++, text, kind };
        this.toasts = [...this.toasts.filter((other) => other.text !== text), toast].slice(-MOST);
        if (kind !== 'bad') {
            setTimeout(() => this.#remove(toast.id), STAYS);
        }
    }

    #remove(id) {
        this.toasts = this.toasts.filter((toast) => toast.id !== id);
    }

    render() {
        return html`<div class="list" role="log" aria-label=${texts.shell.messages}>
            ${repeat(
                this.toasts,
                (toast) => toast.id,
                (toast) => html`<div class="toast ${toast.kind}">
                    ${icon(ICONS[toast.kind])}
                    <p>${toast.text}</p>
                    <button class="plain" aria-label=${texts.shell.close} @click=${() => this.#remove(toast.id)}>${icon('x')}</button>
                </div>`,
            )}
        </div>`;
    }
}

customElements.define('toast-stack', ToastStack);

/** Tells something in passing. @param {string} text @param {'note' | 'good' | 'warn' | 'bad'} [kind] */
export function toast(text, kind = 'note') {
    window.dispatchEvent(new CustomEvent('presence-toast', { detail: { text, kind } }));
}
