/** What the draft would change for the agents as they are now: the last preview that the service made, a page at a time. */
import { query, request } from '../common/api.js';
import { checks } from './checks.js';
import { studio } from './studio.js';

export const PAGE = 50;

class Preview extends EventTarget {
    /** The page that is shown, with the figures of all. @type {any} */
    said = null;
    revision = -1;
    making = false;
    /** @type {import('../common/api.js').Problem | null} */
    problem = null;
    /** The cursors of the pages up to the one that is shown; the first has none. @type {(string | undefined)[]} */
    #cursors = [undefined];

    #changed() {
        this.dispatchEvent(new Event('change'));
    }

    /** Whether it is about the text that is here now. */
    get holds() {
        return this.said !== null && this.revision === studio.revision;
    }

    get page() {
        return this.#cursors.length;
    }

    /** Makes one, of the draft as it stands here: it is saved before. */
    async make() {
        this.#cursors = [undefined];
        await this.#work(async () => {
            const { revision } = studio;
            if (await studio.save()) {
                this.said = await this.#ask();
                this.revision = revision;
            }
        });
    }

    async next() {
        this.#cursors.push(this.said.nextCursor);
        await this.#turn();
    }

    async previous() {
        this.#cursors.pop();
        await this.#turn();
    }

    #turn() {
        return this.#work(async () => {
            this.said = await this.#ask();
        });
    }

    #ask() {
        return request('POST', '/v1/rules/draft/preview' + query({ limit: PAGE, cursor: this.#cursors.at(-1) }));
    }

    async #work(what) {
        const { revision } = studio;
        this.making = true;
        this.problem = null;
        this.#changed();
        try {
            await what();
        } catch (problem) {
            this.problem = problem;
            if (problem.document?.report) {
                checks.learn(problem.document.report, revision);
            }
        } finally {
            this.making = false;
            this.#changed();
        }
    }
}

export const preview = new Preview();
