/** What the service finds in the files as they stand in the editor: while somebody types, and when it is asked to. */
import { request } from '../common/api.js';
import { clock } from '../common/clock.js';
import { studio } from './studio.js';

/** How long nobody must have typed before it is looked at, in milliseconds. */
const RESTS = 300;

/** No faults, no examples: the same list each time, so that nobody looks at it again. @type {any[]} */
export const NONE = [];

/** @typedef {{report: any, revision: number}} Said */

class Checks extends EventTarget {
    /** What reading alone finds, in the last text that was read. @type {Said | null} */
    lint = null;
    /** What came of the examples when they were run last. @type {Said | null} */
    run = null;
    /** What the whole check found when it was made last. @type {Said | null} */
    proof = null;
    /** Since when the service is running examples or checking; by its clock, in milliseconds. */
    since = 0;
    /** @type {'EXAMPLES' | 'PROOF' | ''} */
    running = '';
    /** Why the service did not say; null while it does. @type {import('../common/api.js').Problem | null} */
    get problem() {
        return this.#failed ?? this.#unread;
    }

    /** The promises that are not kept on purpose. @type {Set<string>} */
    overridden = new Set();

    /** Why examples were not run, or the check not made. @type {import('../common/api.js').Problem | null} */
    #failed = null;
    /** Why the text was not read. @type {import('../common/api.js').Problem | null} */
    #unread = null;
    #timer = 0;
    #asking = false;

    constructor() {
        super();
        studio.addEventListener('change', () => this.#later());
    }

    #changed() {
        this.dispatchEvent(new Event('change'));
    }

    /** Reads what was typed, once nobody has typed for a moment; one request at a time, and the last text in any case. */
    #later() {
        if (studio.mayEdit && studio.loaded && this.lint?.revision !== studio.revision) {
            clearTimeout(this.#timer);
            this.#timer = setTimeout(() => this.#read(), RESTS);
        }
    }

    async #read() {
        if (this.#asking) {
            return;
        }
        this.#asking = true;
        try {
            this.lint = await this.#ask('LINT');
            this.#unread = null;
            this.#changed();
        } catch (problem) {
            this.lint = null;
            this.#unread = problem;
            this.#changed();
            clearTimeout(this.#timer);
            this.#timer = setTimeout(() => this.#read(), (problem.retryAfter || 5) * 1000);
            return;
        } finally {
            this.#asking = false;
        }
        this.#later();
    }

    /** Runs the examples, or makes the whole check. @param {'EXAMPLES' | 'PROOF'} depth */
    async make(depth) {
        if (this.running) {
            return;
        }
        const overridden = [...this.overridden].join();
        this.running = depth;
        this.since = clock.now();
        this.#failed = null;
        this.#changed();
        try {
            const said = await this.#ask(depth);
            this.run = said;
            if (depth === 'PROOF') {
                this.proof = overridden === [...this.overridden].join() ? said : { ...said, revision: -1 };
            }
        } catch (problem) {
            this.#failed = problem;
        } finally {
            this.running = '';
            this.#changed();
        }
    }

    /** @returns {Promise<Said>} */
    async #ask(depth) {
        const revision = studio.revision;
        const body = { depth, files: studio.fileList, overridePromises: [...this.overridden] };
        return { report: await request('POST', '/v1/rules/check', { body }), revision };
    }

    /** What a refused release or preview said of a text. @param {any} report @param {number} revision that of the text */
    learn(report, revision) {
        this.proof = { report, revision };
        this.#changed();
    }

    /** Says of a promise whether it is kept. The check has to be made again. @param {string} promise */
    override(promise, broken) {
        broken ? this.overridden.add(promise) : this.overridden.delete(promise);
        this.proof = this.proof && { ...this.proof, revision: -1 };
        this.#changed();
    }

    /** Whether this was said of the text that is here now. @param {Said | null} said */
    holds(said) {
        return said?.revision === studio.revision;
    }

    /** Every fault that is known of the text that is here: the most thorough word that still holds. */
    get faults() {
        const said = [this.proof, this.run, this.lint].find((one) => this.holds(one)) ?? this.lint;
        return said?.report.faults ?? NONE;
    }

    /** What came of each example. */
    get examples() {
        return this.run?.report.examples ?? NONE;
    }
}

export const checks = new Checks();

/** The promise that a fault of the kind PROMISE is about. @param {string} message */
export const promiseIn = (message) => /^The promise ([A-Z-]+) is broken/.exec(message)?.[1] ?? '';
