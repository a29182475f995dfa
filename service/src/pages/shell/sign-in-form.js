import { css, html, LitElement, nothing } from 'lit';
import { get, Problem, query, request } from '../common/api.js';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import { letIn } from './session.js';

/**
 * Lets somebody in, in the ways that the service has. It fires `signed-in` with who it is. The issuer of tokens leads to the
 * address `to` afterwards; with `beside` it does so in another window, and what is open here stays.
 */
export class SignInForm extends LitElement {
    static properties = {
        to: { type: String },
        beside: { type: Boolean },
        ways: { state: true },
        problem: { state: true },
        busy: { state: true },
    };

    static styles = [
        words,
        controls,
        css`
            :host,
            form {
                display: grid;
                gap: var(--gap-4);
            }

            .or {
                border: 0;
                border-top: 1px solid var(--line);
                width: 100%;
                margin: 0;
            }
        `,
    ];

    async connectedCallback() {
        super.connectedCallback();
        try {
            this.ways = (await get('/v1/sign-in')).signIn;
        } catch (problem) {
            this.problem = problem;
        }
    }

    /** There is nothing else to do here, so one can type at once. */
    updated(changed) {
        if (changed.has('ways')) {
            this.renderRoot.querySelector('input')?.focus();
        }
    }

    async #signIn(event) {
        event.preventDefault();
        const field = this.renderRoot.querySelector('input');
        this.busy = true;
        this.problem = undefined;
        try {
            const me = await request('POST', '/v1/session', { body: { key: field.value.trim() } });
            field.value = '';
            letIn(me);
            this.dispatchEvent(new CustomEvent('signed-in', { detail: me }));
        } catch (problem) {
            if (!(problem instanceof Problem)) {
                throw problem;
            }
            this.problem = problem;
            field.select();
        } finally {
            this.busy = false;
        }
    }

    render() {
        return html`<problem-note .problem=${this.problem}></problem-note>
            ${this.ways?.oidc
                ? html`<a class="button" href="/sign-in/oidc${query({ to: this.to })}" target=${this.beside ? '_blank' : nothing}>
                      ${icon('log-in')} ${texts.signIn.company}
                  </a>`
                : nothing}
            ${this.ways?.oidc && this.ways.key ? html`<hr class="or" />` : nothing}
            ${this.ways?.key
                ? html`<form @submit=${this.#signIn}>
                      <label>
                          ${texts.signIn.key}
                          <input
                              type="password"
                              name="key"
                              required
                              maxlength="256"
                              autocomplete="current-password"
                              aria-describedby="hint"
                          />
                      </label>
                      <p id="hint" class="small quiet">${texts.signIn.keyHint}</p>
                      <button class="main" ?disabled=${this.busy} aria-busy=${this.busy ? 'true' : 'false'}>${texts.signIn.signIn}</button>
                  </form>`
                : nothing}
            ${this.ways && !this.ways.key && !this.ways.oidc ? html`<p>${texts.signIn.noLocks}</p>` : nothing}`;
    }
}

customElements.define('sign-in-form', SignInForm);
