/** Profiles, queues, queue groups and the policy as they are, read anew when the change stream says that they are others. */
import { get } from '../common/api.js';
import { READERS } from '../common/definitions.js';
import { Live } from '../common/live.js';

const READ = {
    ...READERS,
    PROFILE: async () => {
        const [current, retired] = await Promise.all([READERS.PROFILE(), get('/v1/profiles?retired=true')]);
        return { ...current, retired };
    },
};

/** For all sections of the page. Fires `change` when something of it is another. */
class Definitions extends EventTarget {
    profiles = [];
    retired = [];
    queues = [];
    queueGroups = [];
    policy = null;
    /** Whether all of it has been read. */
    complete = false;
    /** Why it cannot be read; null while it can. */
    problem = null;

    #stream = new Live({ kind: ['DEFINITIONS_CHANGED', 'RULES_RELEASE'] });
    /** What is being read, by kind; a change in between reads once more. @type {Map<string, Promise<void>>} */
    #reading = new Map();

    open() {
        this.#stream.addEventListener('change', () => this.read());
        this.#stream.addEventListener('message', ({ detail: { kind, data } }) => kind === 'DEFINITIONS_CHANGED' && this.read(data.what));
        this.#stream.open();
        this.read();
    }

    close() {
        this.#stream.close();
    }

    /** Reads what is of this kind, or everything. @param {string} [what] */
    async read(what) {
        try {
            await Promise.all((what ? [what] : Object.keys(READ)).map((kind) => this.#readInTurn(kind)));
            this.complete ||= !what;
            this.problem = null;
        } catch (problem) {
            this.problem = problem;
        }
        this.dispatchEvent(new Event('change'));
    }

    #readInTurn(kind) {
        const before = this.#reading.get(kind) ?? Promise.resolve();
        const reading = before.catch(() => {}).then(async () => void Object.assign(this, await READ[kind]()));
        this.#reading.set(kind, reading);
        return reading;
    }
}

export const definitions = new Definitions();

/** Draws an element anew when definitions are others: `new Defined(this)` in its constructor. */
export class Defined {
    /** @param {import('lit').ReactiveControllerHost} host */
    constructor(host) {
        this.host = host;
        this.hear = () => host.requestUpdate();
        host.addController(this);
    }

    hostConnected() {
        definitions.addEventListener('change', this.hear);
    }

    hostDisconnected() {
        definitions.removeEventListener('change', this.hear);
    }
}
