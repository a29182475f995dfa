import { css, html, LitElement, nothing } from 'lit';
import { texts } from '../common/texts.js';
import { CAPABILITIES, capabilityWord, STATUSES, statusWord } from '../common/words.js';
import { controls, words } from './styles.js';

/**
 * @typedef {object} Filter
 * @property {string} q what is looked for in names and ids
 * @property {string} status
 * @property {string} profile the id of one
 * @property {string} queue the id of one
 * @property {string} capability
 */

/** @type {Filter} */
export const NO_FILTER = Object.freeze({ q: '', status: '', profile: '', queue: '', capability: '' });

/**
 * Which agents: `<agent-filters .filter=${filter} .profiles=${…} .queues=${…}>`; without `profiles` that is not asked. Fires
 * `filtered` with the new filter as its detail, at each key.
 */
export class AgentFilters extends LitElement {
    static properties = {
        filter: { attribute: false },
        profiles: { attribute: false },
        queues: { attribute: false },
    };

    static styles = [
        words,
        controls,
        css`
            form {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2);
            }

            input {
                flex: 1 1 12rem;
                min-width: 0;
                max-width: 24rem;
            }

            select {
                flex: 0 1 auto;
                min-width: 0;
                max-width: 12rem;
            }

            select.chosen {
                border-color: var(--accent);
                background: var(--accent-soft);
            }

            @media (max-width: 40rem) {
                form {
                    display: grid;
                    grid-template-columns: 1fr 1fr;
                }

                input {
                    grid-column: 1 / -1;
                    max-width: none;
                }

                button {
                    grid-column: 1 / -1;
                }

                select {
                    max-width: none;
                }
            }
        `,
    ];

    constructor() {
        super();
        this.filter = NO_FILTER;
        /** @type {any[] | null} */
        this.profiles = null;
        this.queues = [];
    }

    /** Puts the focus where one types. */
    focus() {
        this.renderRoot.querySelector('input').focus();
    }

    #filtered(change) {
        this.dispatchEvent(new CustomEvent('filtered', { detail: { ...this.filter, ...change } }));
    }

    #choice(name, any, options) {
        const chosen = this.filter[name];
        return html`<select
            aria-label=${texts.directory[name]}
            class=${chosen === '' ? '' : 'chosen'}
            @change=${(event) => this.#filtered({ [name]: event.target.value })}
        >
            <option value="" .selected=${chosen === ''}>${any}</option>
            ${options.map(([value, word]) => html`<option value=${value} .selected=${value === chosen}>${word}</option>`)}
        </select>`;
    }

    render() {
        const { anyStatus, anyProfile, anyQueue, anyCapability, search, filters, clear } = texts.directory;
        const named = (list, chosen) =>
            [...list.map(({ id, name }) => [id, name]), ...(chosen === '' || list.some(({ id }) => id === chosen) ? [] : [[chosen, chosen]])];
        return html`<form role="search" aria-label=${filters} @submit=${(event) => event.preventDefault()}>
            <input
                type="search"
                autocomplete="off"
                spellcheck="false"
                maxlength="128"
                aria-label=${search}
                placeholder=${search}
                .value=${this.filter.q}
                @input=${(event) => this.#filtered({ q: event.target.value })}
            />
            ${this.#choice('status', anyStatus, STATUSES.map((status) => [status, statusWord(status)]))}
            ${this.profiles ? this.#choice('profile', anyProfile, named(this.profiles, this.filter.profile)) : nothing}
            ${this.#choice('queue', anyQueue, named(this.queues, this.filter.queue))}
            ${this.#choice('capability', anyCapability, CAPABILITIES.map((capability) => [capability, capabilityWord(capability)]))}
            <button
                type="button"
                ?disabled=${Object.values(this.filter).every((value) => value === '')}
                @click=${() => {
                    this.#filtered(NO_FILTER);
                    this.focus();
                }}
            >
                ${clear}
            </button>
        </form>`;
    }
}

customElements.define('agent-filters', AgentFilters);
