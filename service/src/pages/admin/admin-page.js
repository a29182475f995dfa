import { css, html, LitElement, nothing } from 'lit';
import { cache } from 'lit/directives/cache.js';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import { controls, words } from '../elements/styles.js';
import './agents-section.js';
import './audit-section.js';
import { definitions } from './definitions.js';
import { isAnythingUnsaved } from './draft.js';
import './keys-section.js';
import './policy-section.js';
import './profiles-section.js';
import './queue-groups-section.js';
import './queues-section.js';
import './webhooks-section.js';

/** The sections in their order, each with its icon and its element. */
const SECTIONS = {
    profiles: { icon: 'user-check', shown: html`<profiles-section></profiles-section>` },
    queues: { icon: 'layers', shown: html`<queues-section></queues-section>` },
    'queue-groups': { icon: 'list-checks', shown: html`<queue-groups-section></queue-groups-section>` },
    agents: { icon: 'users', shown: html`<agents-section></agents-section>` },
    policy: { icon: 'scale', shown: html`<policy-section></policy-section>` },
    keys: { icon: 'key', shown: html`<keys-section></keys-section>` },
    webhooks: { icon: 'send', shown: html`<webhooks-section></webhooks-section>` },
    audit: { icon: 'history', shown: html`<audit-section></audit-section>` },
};

/** The page /admin: a section at a time, named in the address as `?section=keys`. What was typed in one stays while another is shown. */
export class AdminPage extends LitElement {
    static properties = { section: { state: true } };

    static styles = [
        words,
        controls,
        css`
            :host {
                display: grid;
                grid-template-columns: 13rem minmax(0, 1fr);
                gap: var(--gap-4) var(--gap-5);
                align-content: start;
                padding: var(--gap-4);
            }

            h1 {
                grid-column: 1 / -1;
            }

            nav ul {
                display: grid;
                gap: 2px;
                position: sticky;
                top: var(--gap-4);
            }

            nav a {
                display: flex;
                align-items: center;
                gap: var(--gap-3);
                min-height: 2.25rem;
                padding: 0 var(--gap-3);
                border-left: 3px solid transparent;
                border-radius: var(--round);
                color: var(--ink);
                text-decoration: none;
                white-space: nowrap;
            }

            nav a:hover {
                background: var(--raised);
            }

            nav a[aria-current] {
                border-left-color: var(--accent);
                background: var(--accent-soft);
                font-weight: 600;
            }

            @media (max-width: 56rem) {
                :host {
                    grid-template-columns: minmax(0, 1fr);
                    padding: var(--gap-3);
                }

                nav {
                    overflow-x: auto;
                }

                nav ul {
                    display: flex;
                    position: static;
                }
            }
        `,
    ];

    #here = () => {
        const asked = new URLSearchParams(location.search).get('section');
        this.section = asked in SECTIONS ? asked : 'profiles';
    };

    #leave = (event) => {
        if (isAnythingUnsaved()) {
            event.preventDefault();
        }
    };

    constructor() {
        super();
        this.#here();
    }

    connectedCallback() {
        super.connectedCallback();
        definitions.open();
        window.addEventListener('popstate', this.#here);
        window.addEventListener('beforeunload', this.#leave);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        definitions.close();
        window.removeEventListener('popstate', this.#here);
        window.removeEventListener('beforeunload', this.#leave);
    }

    /** On a phone the sections are wider than the window. */
    updated() {
        this.renderRoot.querySelector('[aria-current]').scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }

    #go(event, section) {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            history.pushState(null, '', `?section=${section}`);
            this.section = section;
        }
    }

    render() {
        return html`<h1>${texts.shell.titles.admin}</h1>
            <nav aria-label=${texts.admin.sections}>
                <ul>
                    ${Object.entries(SECTIONS).map(
                        ([name, section]) => html`<li>
                            <a href="?section=${name}" aria-current=${name === this.section ? 'page' : nothing} @click=${(event) => this.#go(event, name)}>
                                ${icon(section.icon)} ${texts.admin.titles[name]}
                            </a>
                        </li>`,
                    )}
                </ul>
            </nav>
            <div>${cache(SECTIONS[this.section].shown)}</div>`;
    }
}

customElements.define('admin-page', AdminPage);
