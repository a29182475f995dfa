import { css, html, LitElement, nothing } from 'lit';
import { request } from '../common/api.js';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import { controls, words } from '../elements/styles.js';
import { toast } from '../elements/toasts.js';

/** Who has signed in, and the way out: `<who-is-it .me=${me}>`. Where nobody is asked who they are, nothing. */
export class WhoIsIt extends LitElement {
    static properties = { me: { attribute: false } };

    static styles = [
        words,
        controls,
        css`
            :host {
                display: inline-flex;
                align-items: center;
                gap: var(--gap-2);
            }

            .name {
                max-width: 12rem;
                overflow: hidden;
                text-overflow: ellipsis;
                font-size: var(--small);
                white-space: nowrap;
            }

            @media (max-width: 40rem) {
                .name {
                    display: none;
                }
            }
        `,
    ];

    async #signOut() {
        try {
            const { endSession } = await request('DELETE', '/v1/session');
            location.assign(endSession ?? '/sign-in');
        } catch (problem) {
            toast(problem.message, 'bad');
        }
    }

    render() {
        if (!this.me || this.me.mode === 'NONE') {
            return nothing;
        }
        return html`<span class="name" title=${fill(texts.shell.signedInAs, { name: this.me.name })}>${this.me.name}</span>
            <button class="plain" title=${texts.shell.signOut} aria-label=${texts.shell.signOut} @click=${this.#signOut}>${icon('log-out')}</button>`;
    }
}

customElements.define('who-is-it', WhoIsIt);
