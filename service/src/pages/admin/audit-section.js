import { css, html, LitElement, nothing } from 'lit';
import { get, query } from '../common/api.js';
import { texts } from '../common/texts.js';
import { date, timeToTheSecond, wholeTime } from '../common/times.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import { sections } from './sections.js';

const PAGE = 100;
/** How long nothing is typed until it is asked, in milliseconds. */
const PAUSE = 200;

/** Who did what: the audit log, the newest first. */
export class AuditSection extends LitElement {
    static properties = { deeds: { state: true }, next: { state: true }, problem: { state: true }, filter: { state: true } };

    static styles = [
        words,
        controls,
        sections,
        css`
            .filter {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-3);
                align-items: end;
            }

            .when {
                white-space: nowrap;
            }

            .about {
                min-width: 12rem;
                overflow-wrap: anywhere;
            }
        `,
    ];

    #pause = 0;

    constructor() {
        super();
        this.deeds = null;
        this.filter = {};
    }

    connectedCallback() {
        super.connectedCallback();
        this.#read();
    }

    async #read(cursor) {
        const { by, from, to } = this.filter;
        const asked = this.filter;
        // Meanwhile something else may be asked for, or this page have come already.
        const holds = () => asked === this.filter && (!cursor || cursor === this.next);
        try {
            const page = await get('/v1/audit' + query({ by, from: instant(from), to: instant(to), limit: PAGE, cursor }));
            if (holds()) {
                this.deeds = cursor ? [...this.deeds, ...page.deeds] : page.deeds;
                this.next = page.nextCursor;
                this.problem = null;
            }
        } catch (problem) {
            if (holds()) {
                this.problem = problem;
            }
        }
    }

    #set(name, value) {
        this.filter = { ...this.filter, [name]: value };
        clearTimeout(this.#pause);
        this.#pause = setTimeout(() => this.#read(), PAUSE);
    }

    #field(name, type) {
        return html`<label>
            ${texts.admin.audit[name]}
            <input type=${type} autocomplete="off" .value=${this.filter[name] ?? ''} @input=${(event) => this.#set(name, event.target.value)} />
        </label>`;
    }

    render() {
        const say = texts.admin.audit;
        return html`<div class="head"><h2>${say.title}</h2></div>
            <p class="quiet intro">${say.intro}</p>
            <div class="filter" role="search">
                ${this.#field('by', 'search')} ${this.#field('from', 'datetime-local')} ${this.#field('to', 'datetime-local')}
                <button @click=${() => this.#read()}>${say.again}</button>
            </div>
            <problem-note .problem=${this.problem} retry @retry=${() => this.#read()}></problem-note>
            <div class="scroll" role="region" aria-label=${say.title} tabindex="0">
                ${this.deeds === null
                    ? html`<p class="empty quiet">${texts.admin.loading}</p>`
                    : this.deeds.length === 0
                      ? html`<p class="empty quiet">${say.none}</p>`
                      : this.#table(say)}
            </div>
            ${this.next ? html`<div><button @click=${() => this.#read(this.next)}>${texts.admin.showMore}</button></div>` : nothing}`;
    }

    #table(say) {
        return html`<table>
            <thead>
                <tr>
                    ${['at', 'who', 'action', 'subject', 'outcome', 'address'].map((head) => html`<th scope="col">${say.heads[head]}</th>`)}
                </tr>
            </thead>
            <tbody>
                ${this.deeds.map(
                    (deed) => html`<tr>
                        <td class="when number" title=${wholeTime(deed.at)}>
                            <time datetime=${deed.at}>${date(deed.at)} ${timeToTheSecond(deed.at)}</time>
                        </td>
                        <td>${deed.by || say.nobody}<div class="small quiet">${deed.roles}</div></td>
                        <td><code>${deed.action}</code></td>
                        <td class="about">${deed.subject}</td>
                        <td>${deed.outcome}${deed.times > 1 ? ` × ${deed.times}` : nothing}</td>
                        <td>${deed.address}</td>
                    </tr>`,
                )}
            </tbody>
        </table>`;
    }
}

/** What the browser's field has, in the viewer's zone. @param {string | undefined} local */
function instant(local) {
    return local ? new Date(local).toISOString() : undefined;
}

customElements.define('audit-section', AuditSection);
