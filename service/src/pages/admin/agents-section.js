import { html, nothing } from 'lit';
import { get, path, Problem, query } from '../common/api.js';
import { listed, texts } from '../common/texts.js';
import { CAPABILITIES, capabilityWord } from '../common/words.js';
import '../elements/status-badge.js';
import './agents-import.js';
import { DefinitionSection } from './definition-section.js';
import { someField, textField } from './fields.js';
import { pickField } from './pick-many.js';

const PAGE = 50;
/** How long nothing is typed until it is asked, in milliseconds. */
const PAUSE = 150;

/** The agents as they are put: searched by the service, a page at a time. */
export class AgentsSection extends DefinitionSection {
    static properties = { found: { state: true }, next: { state: true }, problem: { state: true } };

    words = texts.admin.agents;

    /** The version of the agent that its form holds for. */
    #version = 0;
    #pause = 0;
    #zones = Intl.supportedValuesOf('timeZone');

    constructor() {
        super();
        this.found = null;
    }

    connectedCallback() {
        super.connectedCallback();
        this.refresh();
    }

    all() {
        return this.found ?? [];
    }

    /** The list has what agents are, not what was put: of a change the service tells when it is saved. */
    willUpdate() {}

    async exists(id) {
        try {
            await get(path`/v1/agents/${id}`);
            return true;
        } catch (problem) {
            // An id that is none is refused where it is put.
            if (problem.status === 404 || problem.code === 'INVALID_ID') {
                return false;
            }
            throw problem;
        }
    }

    address(id) {
        return path`/v1/agents/${id}`;
    }

    options() {
        return this.draft.fresh ? {} : { ifMatch: this.#version };
    }

    blank() {
        return { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, queues: [], capabilities: [], labels: [] };
    }

    body(value) {
        return { ...value, labels: (value.labels ?? []).filter((label) => label !== '') };
    }

    async edit(one) {
        try {
            await super.edit(await this.#read(one.id));
        } catch (problem) {
            this.problem = problem;
        }
    }

    async #read(id) {
        // The version first: what changes in between is then refused rather than written over.
        this.#version = (await get(path`/v1/agents/${id}`)).version;
        return get(path`/v1/agents/${id}/definition`);
    }

    /** An agent changes with every call; only another definition is somebody's to look at. */
    async put(id, body) {
        try {
            await super.put(id, body);
        } catch (problem) {
            if (problem.code !== 'VERSION_MISMATCH') {
                throw problem;
            }
            this.draft.meanwhile(await this.#read(id));
            if (this.draft.theirs) {
                throw new Problem({ ...problem.document, title: texts.admin.changedTitle });
            }
            await super.put(id, body);
        }
    }

    async refresh() {
        await this.#find();
    }

    async #find(cursor) {
        const asked = this.search;
        // Meanwhile something else may be looked for, or this page have come already.
        const holds = () => asked === this.search && (!cursor || cursor === this.next);
        try {
            const page = await get('/v1/agents' + query({ q: asked, limit: PAGE, cursor }));
            if (holds()) {
                const rows = page.agents.map((agent) => ({ ...agent, id: agent.agent }));
                this.found = cursor ? [...this.found, ...rows] : rows;
                this.next = page.nextCursor;
                this.problem = null;
            }
        } catch (problem) {
            if (holds()) {
                this.problem = problem;
            }
        }
    }

    #searched(event) {
        this.search = event.target.value;
        clearTimeout(this.#pause);
        this.#pause = setTimeout(() => this.#find(), PAUSE);
    }

    pointers() {
        return ['/id', '/name', '/timeZone', '/queues', '/capabilities', '/labels'];
    }

    heads() {
        return [texts.admin.name, texts.admin.id, this.words.status, this.words.timeZone, this.words.capabilities];
    }

    cells(agent) {
        return html`<th scope="row">${agent.name}</th>
            <td><code>${agent.agent}</code></td>
            <td><status-badge status=${agent.status}></status-badge></td>
            <td>${agent.timeZone}</td>
            <td>${listed(agent.capabilities.map(capabilityWord))}</td>`;
    }

    list() {
        return html`<label>
                ${this.words.search}
                <input type="search" autocomplete="off" .value=${this.search} @input=${this.#searched} />
            </label>
            <problem-note .problem=${this.problem}></problem-note>
            ${this.found === null ? html`<p class="quiet">${texts.admin.loading}</p>` : this.table(this.found, this.words.title)}
            ${this.next ? html`<div><button @click=${() => this.#find(this.next)}>${texts.admin.showMore}</button></div>` : nothing}`;
    }

    more() {
        return html`<agents-import @imported=${() => this.refresh()}></agents-import>`;
    }

    form(draft) {
        return html`${textField(draft, '/id', texts.admin.id, { hint: texts.admin.idHint, fixed: !draft.fresh, longest: 128 })}
            ${textField(draft, '/name', texts.admin.name)}
            ${textField(draft, '/timeZone', this.words.timeZone, { hint: this.words.timeZoneHint, longest: 64, list: 'zones' })}
            <datalist id="zones">${this.#zones.map((zone) => html`<option value=${zone}></option>`)}</datalist>
            ${someField(draft, '/capabilities', this.words.capabilities, CAPABILITIES.map((capability) => [capability, capabilityWord(capability)]))}
            ${pickField(draft, '/queues', this.words.queues, this.definitions.queues)}
            ${textField(listOf(draft, '/labels'), '/labels', this.words.labels, { hint: this.words.labelsHint, optional: true, longest: 8_000 })}`;
    }
}

/** A list as one line of words with blanks between them. */
function listOf(draft, pointer) {
    return {
        fault: (asked) => draft.fault(asked),
        get: () => (draft.get(pointer) ?? []).join(' '),
        set: (asked, typed) => draft.set(pointer, typed.split(/[\s,]+/)),
    };
}

customElements.define('agents-section', AgentsSection);
