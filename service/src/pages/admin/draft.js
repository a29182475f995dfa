/** What is being typed into a form, and what the service said of it. Fields are named by their pointer, as faults are: /wrapUp/PHONE. */
import { Problem } from '../common/api.js';
import { texts } from '../common/texts.js';
import { ask } from '../elements/confirm-dialog.js';

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** What was made of it here on top of what somebody else made of it: field by field, within objects too. @param {any} before @param {any} mine @param {any} theirs */
function onTop(before, mine, theirs) {
    const merged = { ...theirs };
    for (const name of new Set([...Object.keys(before), ...Object.keys(mine)])) {
        if (!same(mine[name], before[name])) {
            merged[name] = isObject(mine[name]) && isObject(theirs[name]) ? onTop(before[name] ?? {}, mine[name], theirs[name]) : mine[name];
        }
    }
    return merged;
}

const parts = (pointer) => pointer.split('/').slice(1);

/** Every form of the page. @type {Set<Draft>} */
const all = new Set();

/** Whether something is typed anywhere that is not saved. */
export const isAnythingUnsaved = () => [...all].some((draft) => draft.open && draft.changed);

export class Draft {
    /** What the form began with; null while no form is open. @type {any} */
    original = null;
    /** @type {any} */
    value = null;
    /** Whether it is something new. */
    fresh = false;
    busy = false;
    /** @type {Problem | null} */
    problem = null;
    /** What it has become meanwhile, if somebody else changed it while there was something typed. @type {any} */
    theirs = null;
    /** Whether somebody else has deleted it meanwhile. */
    gone = false;
    /** Whether it was in the list when the form was opened; what is retired is not. */
    #listed = true;

    /** @param {import('lit').LitElement} host */
    constructor(host) {
        this.host = host;
        all.add(this);
    }

    get open() {
        return this.value !== null;
    }

    /** Whether something was typed that is not saved. */
    get changed() {
        return !same(this.value, this.original);
    }

    /** Opens the form with this. @param {any} value @param {{fresh?: boolean, listed?: boolean}} [how] */
    begin(value, { fresh = false, listed = true } = {}) {
        this.original = structuredClone(value);
        this.value = structuredClone(value);
        this.fresh = fresh;
        this.#listed = listed;
        this.gone = false;
        this.problem = null;
        this.theirs = null;
        this.host.requestUpdate();
    }

    end() {
        this.original = null;
        this.value = null;
        this.problem = null;
        this.theirs = null;
        this.gone = false;
        this.host.requestUpdate();
    }

    /** Whether another form may take this one's place: nothing is typed in it, or that may be lost. */
    async mayGo() {
        return !this.open || !this.changed || ask({ title: texts.admin.loseAsk, text: texts.admin.loseText, yes: texts.admin.lose, danger: true });
    }

    /** What is in a field. @param {string} pointer */
    get(pointer) {
        return parts(pointer).reduce((value, part) => value?.[part], this.value);
    }

    /** Something was typed; empty is left out. @param {string} pointer @param {unknown} value */
    set(pointer, value) {
        const path = parts(pointer);
        const last = path.pop();
        const owner = path.reduce((object, part) => (object[part] ??= {}), this.value);
        if (value === undefined || value === '') {
            delete owner[last];
        } else {
            owner[last] = value;
        }
        this.host.requestUpdate();
    }

    /** What the service said of a field, or of a part of what is in it; empty if nothing. @param {string} pointer */
    fault(pointer) {
        return this.#faults()
            .filter((fault) => fault.pointer === pointer || fault.pointer.startsWith(pointer + '/'))
            .map((fault) => fault.detail)
            .join(' ');
    }

    #faults() {
        const { code, errors, message } = this.problem ?? { errors: [] };
        // An id stands in the address, where no pointer leads.
        return code === 'INVALID_ID' && errors.length === 0 ? [{ pointer: '/id', detail: message }] : errors;
    }

    /** A problem at one field that was found here. @param {string} pointer @param {string} detail */
    refused(pointer, detail) {
        return new Problem({ status: 409, detail, errors: [{ pointer, detail }] });
    }

    /** The problem, unless each of its faults is shown at one of these fields. @param {string[]} pointers */
    problemBeside(pointers) {
        const faults = this.#faults();
        const shown = faults.every((fault) => pointers.some((pointer) => fault.pointer === pointer || fault.pointer.startsWith(pointer + '/')));
        return faults.length > 0 && shown ? null : this.problem;
    }

    /** The definition is this now, or is no more: shown if nothing was typed, told of if something was. @param {any} [now] */
    meanwhile(now) {
        this.gone = this.open && !this.fresh && this.#listed && !now;
        if (this.fresh || !this.open || !now || same(now, this.theirs ?? this.original)) {
            return;
        }
        if (this.changed && !same(now, this.value)) {
            this.theirs = structuredClone(now);
        } else {
            this.begin(now);
        }
    }

    /** Goes on from what somebody else made of it: with what was typed here on top of it (`keep`), or without. @param {boolean} keep */
    settle(keep) {
        if (keep) {
            this.value = onTop(this.original, this.value, this.theirs);
            this.original = this.theirs;
            this.theirs = null;
            this.problem = null;
            this.host.requestUpdate();
        } else {
            this.begin(this.theirs);
        }
    }

    /** Does what the form is for. Answers whether that worked; if not, its problem is shown and the first fault has the focus. @param {() => Promise<unknown>} act */
    async attempt(act) {
        this.busy = true;
        this.problem = null;
        this.host.requestUpdate();
        try {
            await act();
            return true;
        } catch (problem) {
            if (!(problem instanceof Problem)) {
                throw problem;
            }
            this.problem = problem;
            return false;
        } finally {
            this.busy = false;
            this.host.requestUpdate();
            await this.host.updateComplete;
            if (this.problem) {
                this.host.renderRoot.querySelector('[aria-invalid="true"]')?.focus();
            }
        }
    }
}
