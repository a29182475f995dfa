import { css, html, LitElement, nothing } from 'lit';
import { fill, texts } from '../common/texts.js';
import { controls, words } from '../elements/styles.js';
import { PAGES, hasOneOf, letIn, whoAmI } from '../shell/session.js';
import '../shell/sign-in-form.js';

/** Where one was before, as `?to=` says; a path of this service alone, or nothing. */
function wanted() {
    const to = new URLSearchParams(location.search).get('to') ?? '';
    return to.startsWith('/') && new URL(to, location.origin).origin === location.origin ? to : '';
}

/** The page /sign-in: lets somebody in and leads back to where that was asked for. */
export class SignInPage extends LitElement {
    static properties = { me: { state: true } };

    static styles = [
        words,
        controls,
        css`
            :host {
                display: grid;
                align-content: start;
                gap: var(--gap-4);
                width: min(26rem, 100% - 2rem);
                margin: 12vh auto var(--gap-6);
            }

            .links {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2);
            }
        `,
    ];

    async connectedCallback() {
        super.connectedCallback();
        try {
            const me = await whoAmI();
            // Who comes back from the company's sign-in: windows that were left open hear of it.
            letIn(me);
            this.#leadOn(me);
        } catch {
            // Nobody has signed in yet; the form says what does not work.
        }
    }

    /** Leads on; who is here on purpose, with no place to go back to, chooses. */
    #leadOn(me) {
        if (wanted()) {
            location.replace(wanted());
        } else {
            this.me = me;
        }
    }

    render() {
        return html`<h1>${texts.shell.titles['sign-in']}</h1>
            ${this.me ? this.#pages() : html`<sign-in-form to=${wanted() || '/sign-in'} @signed-in=${(event) => this.#leadOn(event.detail)}></sign-in-form>`}`;
    }

    #pages() {
        const open = PAGES.filter(({ roles }) => hasOneOf(this.me, roles));
        return html`<p role="status">${this.me.mode === 'NONE' ? texts.shell.noLocks : fill(texts.shell.signedInAs, { name: this.me.name })}</p>
            <p class="quiet">${open.length > 0 ? texts.signIn.goOn : texts.signIn.noPages}</p>
            ${open.length > 0
                ? html`<nav class="links" aria-label=${texts.signIn.goOn}>
                      ${open.map(({ page }) => html`<a class="button" href="/${page}">${texts.shell.titles[page]}</a>`)}
                  </nav>`
                : nothing}`;
    }
}

customElements.define('sign-in-page', SignInPage);
