/**
 * What the page works on: the release that is active, the draft, its files as they stand in the editor, and what the service
 * said of them. One for the page; its elements follow it.
 */
import { get, path, Problem, request } from '../common/api.js';
import { hasOneOf, whoAmI } from '../shell/session.js';

/** @typedef {Map<string, string>} Files texts by their paths */

/** @param {{path: string, text: string}[]} files @returns {Files} */
const asMap = (files) => new Map(files.map(({ path, text }) => [path, text]));

/** @param {Files} files */
const asList = (files) => Array.from(files, ([path, text]) => ({ path, text }));

/** The paths at which two sets of files differ. @param {Files} one @param {Files} other */
export function differing(one, other) {
    return [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path)).sort();
}

/** The pair of rules and examples that a file is of: its path without what follows the name. @param {string} path */
export const topicOf = (path) => path.replace(/\.(?:drl|scenarios\.yml)$/, '');

class Studio extends EventTarget {
    /** Whether who is here may change rules; who may not reads. */
    mayEdit = false;
    loaded = false;
    /** @type {Problem | null} */
    problem = null;
    /** What GET /v1/rules says. @type {any} */
    active = null;
    /** The first page of the releases, the newest first. @type {any[]} */
    releases = [];
    /** The `before` of the next page of them. @type {number | undefined} */
    nextBefore;
    /** Which releases concluded, the last first. @type {{release: number, by: string, at: string}[]} */
    activations = [];
    /** The draft as the service has it, as far as is known here. @type {any} */
    draft = null;
    /** The files as they stand here. @type {Files} */
    files = new Map();
    /** What of them the service has. @type {Files} */
    saved = new Map();
    /** Grows with every change of a file, so that it can be told of which text something was said. */
    revision = 0;
    saving = false;
    releasing = false;
    activating = false;
    /** What the next release will be said to change, as far as it is typed. */
    comment = '';
    /** Somebody else's draft that is in the way of this one: `{ draft }`, null inside if theirs is gone. @type {{draft: any} | null} */
    conflict = null;

    /** The last of those that bring what is here to the service, one after the other. @type {Promise<unknown>} */
    #saves = Promise.resolve();

    changed() {
        this.dispatchEvent(new Event('change'));
    }

    /** Whether something here is not with the service yet. */
    get unsaved() {
        return differing(this.files, this.saved).length > 0;
    }

    /** The files that are not as in the release that is active. */
    get changedFiles() {
        return this.active ? differing(this.files, asMap(this.active.files)) : [];
    }

    /** @returns {Files} */
    get activeFiles() {
        return asMap(this.active.files);
    }

    get topics() {
        return [...new Set([...this.files.keys()].map(topicOf))].sort();
    }

    async load() {
        try {
            this.mayEdit = hasOneOf(await whoAmI(), ['ANALYST', 'ADMIN']);
            await this.#refresh();
            this.#take(this.mayEdit ? await draftOrNone() : null);
            this.loaded = true;
            this.problem = null;
        } catch (problem) {
            this.problem = problem;
        }
        this.changed();
    }

    /** Learns which release is active; what is being worked on stays, and what was not becomes that release. */
    async activeChanged() {
        await this.#refresh();
        if (this.draft === null && !this.unsaved) {
            this.#take(null);
        }
        this.changed();
    }

    async #refresh() {
        const [active, page] = await Promise.all([get('/v1/rules'), get('/v1/rules/releases')]);
        this.active = active;
        this.releases = page.releases;
        this.nextBefore = page.nextBefore;
        this.activations = page.activations;
    }

    /** Reads on to earlier releases. */
    async moreReleases() {
        const before = this.nextBefore;
        const page = await get(`/v1/rules/releases?before=${before}`);
        if (before === this.nextBefore) {
            this.releases = [...this.releases, ...page.releases];
            this.nextBefore = page.nextBefore;
            this.changed();
        }
    }

    /** Works on this draft of the service, or without one on the release that is active. */
    #take(draft) {
        this.draft = draft;
        this.saved = asMap((draft ?? this.active).files);
        this.files = new Map(this.saved);
        this.revision++;
    }

    edit(path, text) {
        this.replace(new Map([[path, text]]));
    }

    /** @param {Map<string, string | null>} texts by path; null for a file that goes */
    replace(texts) {
        for (const [path, text] of texts) {
            if (text === null) {
                this.files.delete(path);
            } else {
                this.files.set(path, text);
            }
        }
        this.revision++;
        this.changed();
    }

    /** The files as requests take them. */
    get fileList() {
        return asList(this.files);
    }

    /**
     * Brings what is here to the service, which takes it only if nobody else has changed the draft meanwhile.
     * @returns {Promise<boolean>} whether the service has it; if not, `conflict` says what is in the way
     */
    save() {
        const save = this.#saves.then(() => this.#save());
        this.#saves = save.catch(() => {});
        return save;
    }

    async #save() {
        if (!this.unsaved && this.draft) {
            return true;
        }
        const files = new Map(this.files);
        this.saving = true;
        this.changed();
        try {
            const body = { files: asList(files), ...(this.draft ? { basedOn: this.draft.basedOn } : { basedOn: this.active.release }) };
            this.draft = await request('PUT', '/v1/rules/draft', { body, headers: this.#onlyThisVersion() });
            this.saved = files;
            return true;
        } catch (problem) {
            if (problem.code !== 'VERSION_MISMATCH') {
                throw problem;
            }
            this.conflict = { draft: await draftOrNone() };
            return false;
        } finally {
            this.saving = false;
            this.changed();
        }
    }

    #onlyThisVersion() {
        return this.draft ? { 'If-Match': `"${this.draft.version}"` } : {};
    }

    /** The other one's draft is worked on from now on; what was written here is gone. */
    takeTheirs() {
        this.#take(this.conflict.draft);
        this.conflict = null;
        this.changed();
    }

    /** What is here takes the place of the other one's draft. */
    async keepMine() {
        const { draft, saved } = this;
        const { draft: theirs } = this.conflict;
        this.draft = theirs;
        this.saved = theirs ? asMap(theirs.files) : this.activeFiles;
        try {
            if (await this.save()) {
                this.conflict = null;
            }
        } catch (problem) {
            // It is as undecided as before.
            Object.assign(this, { draft, saved });
            throw problem;
        } finally {
            this.changed();
        }
    }

    /** Goes on writing; the conflict stands until it is decided at the next save. */
    decideLater() {
        this.conflict = null;
        this.changed();
    }

    /** Throws away the draft, and what was not saved of it. */
    async discard() {
        if (this.draft) {
            try {
                await request('DELETE', '/v1/rules/draft', { headers: this.#onlyThisVersion() });
            } catch (problem) {
                if (problem.code !== 'UNKNOWN_DRAFT') {
                    throw problem;
                }
            }
        }
        this.#take(null);
        this.changed();
    }

    /**
     * Makes a release of what is here. What is typed while it is made is kept, and is not saved yet.
     * @param {string} comment @param {string[]} overridePromises
     * @returns {Promise<any>} the release; null if somebody else's draft is in the way
     */
    async release(comment, overridePromises) {
        const { revision } = this;
        this.releasing = true;
        this.changed();
        try {
            if (!(await this.save())) {
                return null;
            }
            const body = { comment, ...(overridePromises.length > 0 ? { overridePromises } : {}) };
            const release = await request('POST', '/v1/rules/releases', { body, headers: this.#onlyThisVersion() });
            await this.#refresh();
            if (revision === this.revision) {
                this.#take(null);
            } else {
                this.draft = null;
                this.saved = this.activeFiles;
            }
            this.comment = '';
            return release;
        } finally {
            this.releasing = false;
            this.changed();
        }
    }

    /** @param {number} release @returns {Promise<any>} what the service says of it */
    async activate(release) {
        this.activating = true;
        this.changed();
        try {
            const answer = await request('POST', path`/v1/rules/releases/${release}/activate`);
            await this.activeChanged();
            return answer;
        } finally {
            this.activating = false;
            this.changed();
        }
    }

    /**
     * The earlier release that concluded last before the active one, to which one goes back; undefined if there was none.
     * @returns {number | undefined}
     */
    get before() {
        const { release } = this.active;
        const earlier = this.activations.find((activation) => activation.release < release);
        return release === 0 ? undefined : (earlier?.release ?? 0);
    }

    /** The newest release, if it has not concluded yet. */
    get waiting() {
        const newest = this.releases[0];
        return newest && !newest.active && !this.activations.some(({ release }) => release === newest.release) ? newest : undefined;
    }
}

async function draftOrNone() {
    try {
        return await get('/v1/rules/draft');
    } catch (problem) {
        if (problem.code === 'UNKNOWN_DRAFT') {
            return null;
        }
        throw problem;
    }
}

export const studio = new Studio();

/** Draws an element anew whenever the target says `change`: `new Following(this, studio)` in its constructor. */
export class Following {
    /** @param {import('lit').ReactiveControllerHost} host @param {EventTarget} target */
    constructor(host, target) {
        this.draw = () => host.requestUpdate();
        this.target = target;
        host.addController(this);
    }

    hostConnected() {
        this.target.addEventListener('change', this.draw);
    }

    hostDisconnected() {
        this.target.removeEventListener('change', this.draw);
    }
}
