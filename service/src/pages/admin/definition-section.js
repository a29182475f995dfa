import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { command } from '../common/api.js';
import { icon } from '../common/icons.js';
import { fill, plural, texts } from '../common/texts.js';
import { ask } from '../elements/confirm-dialog.js';
import '../elements/problem-note.js';
import { cards, controls, words } from '../elements/styles.js';
import { toast } from '../elements/toasts.js';
import { Defined, definitions } from './definitions.js';
import { Draft } from './draft.js';
import { fields, theirs } from './fields.js';
import { sections } from './sections.js';

/** How many rows are drawn; a search finds the others. */
const MOST = 200;
/** From how many rows on there is a search. */
const SEARCHED = 12;

/**
 * A list of definitions and the form of the one that is open. What is special about a kind of them its section says: `words`,
 * `all`, `address`, `heads`, `cells`, `form` and `pointers`, and what else differs.
 */
export class DefinitionSection extends LitElement {
    static properties = { search: { state: true } };

    static styles = [words, controls, cards, fields, sections];

    draft = new Draft(this);
    definitions = definitions;

    constructor() {
        super();
        new Defined(this);
        this.search = '';
    }

    /** What a new one begins with. */
    blank() {
        return {};
    }

    /** What is put. @param {any} value */
    body(value) {
        return value;
    }

    /** What goes with the command. */
    options() {
        return {};
    }

    /** Below the list. */
    more() {
        return nothing;
    }

    /** Whether there is one of this id already. @param {string} id */
    async exists(id) {
        return this.all().some((one) => one.id === id);
    }

    willUpdate() {
        if (this.draft.open && !this.draft.busy && definitions.complete) {
            this.draft.meanwhile(this.all().find((one) => one.id === this.draft.original.id));
        }
    }

    async edit(one) {
        if (await this.draft.mayGo()) {
            this.draft.begin(one, { listed: this.all().some(({ id }) => id === one.id) });
            await this.#focusForm();
        }
    }

    async #create() {
        if (await this.draft.mayGo()) {
            this.draft.begin(this.blank(), { fresh: true });
            await this.#focusForm();
        }
    }

    async #focusForm() {
        await this.updateComplete;
        this.renderRoot.querySelector('form input:not([readonly])')?.focus();
    }

    async #close(id) {
        this.draft.end();
        await this.updateComplete;
        (this.renderRoot.querySelector(`button[data-id="${CSS.escape(id ?? '')}"]`) ?? this.renderRoot.querySelector('button.new')).focus();
    }

    async #save(event) {
        event.preventDefault();
        const { draft } = this;
        if (draft.theirs) {
            // It is put whole, so whose it is has to be said first.
            this.renderRoot.querySelector('.meanwhile button').focus();
            return;
        }
        const { id, name } = draft.value;
        const saved = await draft.attempt(async () => {
            if (draft.fresh) {
                await this.#assertNew(id);
            }
            await this.put(id, this.body(draft.value));
        });
        if (saved) {
            toast(fill(texts.admin.saved, { name: name ?? id }), 'good');
            await this.refresh();
            await this.#close(id);
        }
    }

    /** What is put under an id that there is would be written over; what has no id has no address. */
    async #assertNew(id) {
        if (!id) {
            throw this.draft.refused('/id', texts.admin.idMissing);
        }
        if (await this.exists(id)) {
            throw this.draft.refused('/id', fill(texts.admin.existsAlready, { id }));
        }
    }

    /** @param {string} id @param {any} body */
    put(id, body) {
        return command('PUT', this.address(id), body, this.options());
    }

    /** Has what was done in the list; the stream does that for everybody else. */
    async refresh() {
        await definitions.read(this.kind);
    }

    async remove(one) {
        const yes = await ask({
            title: fill(texts.admin.deleteAsk, { name: one.name }),
            text: this.words.deleteText,
            yes: texts.admin.delete,
            danger: true,
        });
        if (!yes) {
            return;
        }
        try {
            await command('DELETE', this.address(one.id));
            toast(fill(texts.admin.deleted, { name: one.name }), 'good');
            await this.refresh();
            if (this.draft.original?.id === one.id) {
                this.draft.end();
            }
            this.renderRoot.querySelector('button.new').focus();
        } catch (problem) {
            toast(problem.message, 'bad');
        }
    }

    render() {
        return html`<div class="head">
                <h2>${this.words.title}</h2>
                <button class="main new" @click=${this.#create}>${icon('plus')} ${this.words.create}</button>
            </div>
            <p class="quiet intro">${this.words.intro}</p>
            <problem-note .problem=${definitions.problem} retry @retry=${() => definitions.read()}></problem-note>
            <div class="two ${this.draft.open ? 'open' : ''}">
                ${this.draft.open ? this.#form() : nothing}
                <div class="stack">${this.list()} ${this.more()}</div>
            </div>`;
    }

    list() {
        const all = this.all();
        const wanted = this.search.toLowerCase();
        const found = all.filter((one) => `${one.name} ${one.id}`.toLowerCase().includes(wanted));
        return html`${all.length > SEARCHED
                ? html`<label>
                      ${texts.admin.search}
                      <input type="search" .value=${this.search} @input=${(event) => (this.search = event.target.value)} />
                  </label>`
                : nothing}
            ${this.table(found.slice(0, MOST), this.words.title)}
            ${found.length > MOST ? html`<p class="quiet small">${plural(found.length - MOST, texts.admin.moreRows)}</p>` : nothing}`;
    }

    table(rows, name) {
        return html`<div class="scroll" role="region" aria-label=${name} tabindex="0">
            ${rows.length === 0
                ? html`<p class="empty quiet">${definitions.complete ? this.words.none : texts.admin.loading}</p>`
                : html`<table>
                      <thead>
                          <tr>
                              ${this.heads().map((head) => html`<th scope="col">${head}</th>`)}
                              <th><span class="unseen">${texts.admin.actions}</span></th>
                          </tr>
                      </thead>
                      <tbody>
                          ${repeat(rows, (one) => one.id, (one) => this.#row(one))}
                      </tbody>
                  </table>`}
        </div>`;
    }

    #row(one) {
        const open = this.draft.open && !this.draft.fresh && this.draft.original.id === one.id;
        return html`<tr aria-current=${open ? 'true' : nothing}>
            ${this.cells(one)}
            <td class="do">
                <button class="plain" data-id=${one.id} aria-label=${fill(texts.admin.editNamed, one)} title=${texts.admin.edit} @click=${() => this.edit(one)}>
                    ${icon('pencil')}
                </button>
                <button
                    class="plain"
                    ?disabled=${one.default}
                    aria-label=${fill(texts.admin.deleteNamed, one)}
                    title=${one.default ? texts.admin.profiles.defaultStays : texts.admin.delete}
                    @click=${() => this.remove(one)}
                >
                    ${icon('trash-2')}
                </button>
            </td>
        </tr>`;
    }

    #form() {
        const { draft } = this;
        return html`<form class="card" novalidate aria-labelledby="editing" @submit=${this.#save}>
            <h3 id="editing">${draft.fresh ? this.words.create : draft.original.name}</h3>
            <problem-note .problem=${draft.problemBeside(this.pointers())}></problem-note>
            ${theirs(draft)}
            ${this.form(draft)}
            <div class="actions">
                <button class="main" ?disabled=${draft.busy} aria-busy=${draft.busy ? 'true' : 'false'}>${texts.admin.save}</button>
                <button type="button" @click=${() => this.#close(draft.original.id)}>${texts.shell.cancel}</button>
            </div>
        </form>`;
    }
}
