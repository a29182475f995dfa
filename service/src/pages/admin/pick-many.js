import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { fill, plural, texts } from '../common/texts.js';
import { controls, words } from '../elements/styles.js';
import { fields } from './fields.js';

/** How many are offered at a time; a search finds the others. */
const MOST = 50;

/**
 * Some of many things that have an id and a name: those that are chosen, each with a button that takes it out, and a search
 * among the others. `<pick-many label="Queues" .options=${queues} .value=${ids}>` fires `picked` with the ids.
 */
export class PickMany extends LitElement {
    static properties = {
        label: { type: String },
        options: { attribute: false },
        value: { attribute: false },
        fault: { type: String },
        search: { state: true },
    };

    static styles = [
        words,
        controls,
        fields,
        css`
            .chosen {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2);
            }

            .chosen button {
                padding: 0 var(--gap-2);
                background: var(--accent-soft);
                border-color: var(--accent);
                overflow-wrap: anywhere;
            }

            .chosen .icon {
                width: 0.9rem;
                height: 0.9rem;
            }

            .offered {
                display: grid;
                max-height: 12rem;
                overflow-y: auto;
                padding: var(--gap-1) var(--gap-2);
                border: 1px solid var(--line);
                border-radius: var(--round);
            }

            .offered label {
                min-height: 1.75rem;
            }

            fieldset {
                display: grid;
                gap: var(--gap-2);
            }
        `,
    ];

    constructor() {
        super();
        this.options = [];
        this.value = [];
        this.search = '';
    }

    #pick(id, on) {
        const value = on ? [...this.value, id] : this.value.filter((other) => other !== id);
        this.dispatchEvent(new CustomEvent('picked', { detail: value }));
    }

    render() {
        const chosen = new Set(this.value);
        const names = new Map(this.options.map((option) => [option.id, option.name]));
        const wanted = this.search.toLowerCase();
        const others = this.options.filter(({ id, name }) => !chosen.has(id) && `${name} ${id}`.toLowerCase().includes(wanted));
        return html`<fieldset aria-describedby=${this.fault ? 'fault' : nothing}>
            <legend>${this.label}</legend>
            ${this.value.length > 0
                ? html`<ul class="chosen">
                      ${this.value.map(
                          (id) => html`<li>
                              <button type="button" aria-label=${fill(texts.admin.takeOut, { name: names.get(id) ?? id })} @click=${() => this.#pick(id, false)}>
                                  ${names.get(id) ?? id} ${icon('x')}
                              </button>
                          </li>`,
                      )}
                  </ul>`
                : html`<p class="quiet small">${texts.admin.nothingChosen}</p>`}
            <label>
                ${texts.admin.add}
                <input
                    type="search"
                    autocomplete="off"
                    placeholder=${texts.admin.search}
                    aria-invalid=${this.fault ? 'true' : nothing}
                    .value=${this.search}
                    @input=${(event) => (this.search = event.target.value)}
                    @keydown=${(event) => this.#enter(event, others)}
                />
            </label>
            <div class="offered">
                ${others.slice(0, MOST).map(
                    ({ id, name }) => html`<label class="yes">
                        <input type="checkbox" .checked=${false} @change=${() => this.#pick(id, true)} />
                        <span>${name} <span class="quiet small">${id}</span></span>
                    </label>`,
                )}
                ${others.length > MOST ? html`<span class="quiet small">${plural(others.length - MOST, texts.admin.moreRows)}</span>` : nothing}
                ${others.length === 0 ? html`<span class="quiet small">${texts.admin.noOthers}</span>` : nothing}
            </div>
            ${this.fault ? html`<span id="fault" class="fault small">${icon('triangle-alert')}<span>${this.fault}</span></span>` : nothing}
        </fieldset>`;
    }

    /** Enter takes the first that was found, and sends no form. */
    #enter(event, others) {
        if (event.key === 'Enter') {
            event.preventDefault();
            if (others.length > 0 && this.search !== '') {
                this.#pick(others[0].id, true);
                this.search = '';
            }
        }
    }
}

customElements.define('pick-many', PickMany);

/** As a field of a form. @param {import('./draft.js').Draft} draft @param {string} pointer @param {string} label @param {{id: string, name: string}[]} options */
export function pickField(draft, pointer, label, options) {
    return html`<pick-many
        label=${label}
        .options=${options}
        .value=${draft.get(pointer) ?? []}
        .fault=${draft.fault(pointer)}
        @picked=${(event) => draft.set(pointer, event.detail)}
    ></pick-many>`;
}
