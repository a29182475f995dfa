import { html, LitElement, nothing } from 'lit';
import { query } from '../common/api.js';
import { icon } from '../common/icons.js';
import { connection } from '../common/live.js';
import { fill, listed, texts } from '../common/texts.js';
import { timeToTheSecond } from '../common/times.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import { toast } from '../elements/toasts.js';
import './live-sign.js';
import { hasOneOf, PAGES, tellSignedIn, whoAmI } from './session.js';
import { shell } from './shell-styles.js';
import './signed-out.js';
import './who-is-it.js';

/** The page that is for those who have not signed in yet. */
const SIGN_IN = 'sign-in';

const THEMES = ['auto', 'light', 'dark'];
const THEME_ICONS = { auto: 'contrast', light: 'sun', dark: 'moon' };

/** For how long the stream may be away before more than the sign says so, in milliseconds: a moment is nobody's trouble. */
const WORRIES = 5_000;

/**
 * What stands around every page: the bar with the pages that one's roles open, whether what is shown is live, and the
 * messages. `<app-shell page="agent"><main id="main" tabindex="-1">…</main></app-shell>`. The page's own element is told who
 * somebody is by `whoAmI()` of session.js.
 */
export class AppShell extends LitElement {
    static properties = {
        page: { type: String },
        me: { state: true },
        out: { state: true },
        problem: { state: true },
        theme: { state: true },
        connected: { state: true },
        worried: { state: true },
    };

    static styles = [words, controls, shell];

    #alarm = 0;

    constructor() {
        super();
        this.theme = localStorage.getItem('presence.theme') ?? 'auto';
        this.connected = connection.state;
        this.worried = false;
        this.out = false;
        connection.addEventListener('change', () => this.#connectionChanged());
        window.addEventListener('presence-signed-out', () => this.#signedOut());
        window.addEventListener('presence-signed-in', ({ detail }) => this.#signedIn(detail));
    }

    connectedCallback() {
        super.connectedCallback();
        this.#ask();
    }

    async #ask() {
        try {
            this.me = await whoAmI();
            if (this.problem) {
                this.problem = undefined;
                tellSignedIn(this.me);
            }
        } catch (problem) {
            // Who has not signed in is led to where one does, and need not be told more.
            this.problem = problem.status === 401 ? undefined : problem;
        }
    }

    /** What stands in a page that was open is not lost; one that is only opening has nothing yet. */
    #signedOut() {
        if (this.me) {
            this.out = true;
        } else if (this.page !== SIGN_IN) {
            location.replace('/' + SIGN_IN + query({ to: location.pathname + location.search + location.hash }));
        }
    }

    #signedIn(me) {
        const another = this.me && this.me.name !== me.name;
        this.me = me;
        this.out = false;
        if (another) {
            location.reload();
        }
    }

    #connectionChanged() {
        const before = this.connected;
        this.connected = connection.state;
        clearTimeout(this.#alarm);
        if (this.connected === 'lost') {
            this.#alarm = setTimeout(() => (this.worried = true), WORRIES);
        } else {
            if (this.worried && before === 'lost' && this.connected === 'live') {
                toast(texts.shell.caughtUp, 'good');
            }
            this.worried = false;
        }
    }

    willUpdate() {
        document.title = `${texts.shell.titles[this.page]} · ${texts.shell.product}`;
        document.documentElement.lang = texts.locale;
    }

    /** On a phone the pages' names are wider than the window. */
    updated(changed) {
        if (changed.has('me') && !changed.get('me')) {
            this.renderRoot.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        }
    }

    #skip(event) {
        event.preventDefault();
        document.getElementById('main').focus();
    }

    #nextTheme() {
        this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length];
        if (this.theme === 'auto') {
            localStorage.removeItem('presence.theme');
            delete document.documentElement.dataset.theme;
        } else {
            localStorage.setItem('presence.theme', this.theme);
            document.documentElement.dataset.theme = this.theme;
        }
    }

    #mayOpen() {
        const roles = PAGES.find((page) => page.page === this.page)?.roles;
        return !this.me || !roles || hasOneOf(this.me, roles);
    }

    render() {
        return html`<a class="skip" href="#main" @click=${this.#skip}>${texts.shell.skip}</a>
            <header>
                <a class="brand" href="/" aria-label=${texts.shell.home}>
                    <svg viewBox="0 0 32 32" aria-hidden="true">
                        <circle cx="16" cy="16" r="11" fill="none" stroke="var(--accent)" stroke-width="8" />
                    </svg>
                    <span>${texts.shell.product}</span>
                </a>
                <nav aria-label=${texts.shell.pages}>
                    <ul>
                        ${PAGES.filter(({ roles }) => this.me && hasOneOf(this.me, roles)).map(
                            ({ page }) =>
                                html`<li>
                                    <a href="/${page}" aria-current=${page === this.page ? 'page' : nothing}>${texts.shell.titles[page]}</a>
                                </li>`,
                        )}
                    </ul>
                </nav>
                <div class="right">
                    <live-sign></live-sign>
                    <button
                        class="plain"
                        title="${texts.shell.theme}: ${texts.shell.themes[this.theme]}"
                        aria-label="${texts.shell.theme}: ${texts.shell.themes[this.theme]}"
                        @click=${this.#nextTheme}
                    >
                        ${icon(THEME_ICONS[this.theme])}
                    </button>
                    <who-is-it .me=${this.me}></who-is-it>
                </div>
            </header>
            <div role="status">
                ${this.worried
                    ? html`<div class="stale">
                          ${icon('wifi-off')}
                          <span>${fill(texts.shell.lostLong, { time: timeToTheSecond(connection.since) })}</span>
                      </div>`
                    : nothing}
            </div>
            ${this.out ? html`<signed-out></signed-out>` : nothing}
            <div class="content">${this.#content()}</div>
            <toast-stack></toast-stack>`;
    }

    #content() {
        if (this.problem) {
            return html`<problem-note class="stop" .problem=${this.problem} retry @retry=${this.#ask}></problem-note>`;
        }
        if (!this.#mayOpen()) {
            const roles = PAGES.find((page) => page.page === this.page).roles;
            const own = this.me.roles.length === 0 ? texts.shell.noRoles : listed(this.me.roles);
            return html`<main class="stop">
                <h1>${texts.shell.titles[this.page]}</h1>
                <p role="alert">${fill(texts.shell.forbidden, { roles: listed(roles), own })}</p>
            </main>`;
        }
        return html`<slot></slot>`;
    }
}

customElements.define('app-shell', AppShell);
