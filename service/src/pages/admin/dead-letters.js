import { css, html, LitElement, nothing } from 'lit';
import { get, query, request } from '../common/api.js';
import { icon } from '../common/icons.js';
import { fill, plural, texts } from '../common/texts.js';
import { ask } from '../elements/confirm-dialog.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import '../elements/time-text.js';
import { toast } from '../elements/toasts.js';
import { sections } from './sections.js';

/** The events of a webhook that did not arrive, to be sent again or deleted: `.address`, `.count`. Fires `changed`. */
export class DeadLetters extends LitElement {
    static properties = {
        address: { type: String },
        count: { type: Number },
        letters: { state: true },
        next: { state: true },
        problem: { state: true },
        busy: { state: true },
    };

    static styles = [
        words,
        controls,
        sections,
        css`
            summary {
                min-height: var(--target);
                color: var(--accent);
                cursor: pointer;
            }

            pre {
                margin: var(--gap-2) 0 0;
                max-width: 100%;
                overflow-x: auto;
                font: var(--small) / 1.4 var(--font-code);
            }
        `,
    ];

    constructor() {
        super();
        this.letters = null;
    }

    /** The list is read when somebody looks, and again when there are others. */
    updated(changed) {
        if (changed.has('count') && this.letters !== null) {
            this.#read();
        }
    }

    async #read(cursor) {
        try {
            const page = await get(this.address + query({ cursor }));
            if (cursor && cursor !== this.next) {
                // This page has come already.
                return;
            }
            this.letters = cursor ? [...this.letters, ...page.deadLetters] : page.deadLetters;
            this.next = page.nextCursor;
            this.problem = null;
        } catch (problem) {
            this.problem = problem;
        }
    }

    async #attempt(act) {
        this.busy = true;
        try {
            await act();
            await this.#read();
            this.dispatchEvent(new Event('changed'));
        } catch (problem) {
            this.problem = problem;
        }
        this.busy = false;
    }

    #replay(events) {
        return this.#attempt(async () => {
            const { replayed } = await request('POST', this.address + '/replay', { body: events ? { events } : {} });
            toast(plural(replayed, texts.admin.webhooks.replayed), 'good');
        });
    }

    async #delete({ event }) {
        const say = texts.admin.webhooks;
        if (await ask({ title: fill(say.deleteLetterAsk, { event }), text: say.deleteLetterText, yes: texts.admin.delete, danger: true })) {
            await this.#attempt(() => request('DELETE', `${this.address}/${encodeURIComponent(event)}`));
        }
    }

    render() {
        const say = texts.admin.webhooks;
        return html`<details @toggle=${(event) => event.target.open && this.letters === null && this.#read()}>
            <summary>${plural(this.count, say.deadLettersShow)}</summary>
            <div class="stack">
                <problem-note .problem=${this.problem}></problem-note>
                <div class="actions">
                    <button ?disabled=${this.busy} @click=${() => this.#replay(null)}>${icon('rotate-ccw')} ${say.replayAll}</button>
                </div>
                ${this.letters?.length > 0 ? this.#table(say) : nothing}
                ${this.next ? html`<div><button @click=${() => this.#read(this.next)}>${texts.admin.showMore}</button></div>` : nothing}
            </div>
        </details>`;
    }

    #table(say) {
        return html`<div class="scroll" role="region" aria-label=${say.deadLetters} tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">${say.event}</th>
                        <th scope="col">${say.deadAt}</th>
                        <th scope="col">${say.why}</th>
                        <th><span class="unseen">${texts.admin.actions}</span></th>
                    </tr>
                </thead>
                <tbody>
                    ${this.letters.map(
                        (letter) => html`<tr>
                            <th scope="row">
                                ${letter.body.type} ${letter.body.subject ?? ''}
                                <details>
                                    <summary>${fill(say.eventShow, letter)}</summary>
                                    <pre tabindex="0">${JSON.stringify(letter.body, null, 2)}</pre>
                                </details>
                            </th>
                            <td><time-text at=${letter.deadAt}></time-text></td>
                            <td>${letter.error} <div class="small quiet">${plural(letter.attempts, say.attempts)}</div></td>
                            <td class="do">
                                <button ?disabled=${this.busy} aria-label=${fill(say.replayNamed, letter)} @click=${() => this.#replay([letter.event])}>
                                    ${icon('rotate-ccw')}
                                </button>
                                <button
                                    class="danger"
                                    ?disabled=${this.busy}
                                    aria-label=${fill(say.deleteLetterNamed, letter)}
                                    @click=${() => this.#delete(letter)}
                                >
                                    ${icon('trash-2')}
                                </button>
                            </td>
                        </tr>`,
                    )}
                </tbody>
            </table>
        </div>`;
    }
}

customElements.define('dead-letters', DeadLetters);
