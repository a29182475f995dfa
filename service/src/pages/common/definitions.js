/** What an administrator puts: profiles, queues, queue groups and the policy. */
import { get } from './api.js';

/** So long after a change, in milliseconds, it is read again what there is: changes come together. */
const REST = 300;

/** How each kind of them is read, by the name that a message of the stream gives it; profiles come in their order, queues by name. */
export const READERS = {
    PROFILE: async () => ({
        profiles: (await get('/v1/profiles')).toSorted((one, other) => one.order - other.order || one.name.localeCompare(other.name)),
    }),
    QUEUE: async () => ({ queues: (await get('/v1/queues')).toSorted((one, other) => one.name.localeCompare(other.name)) }),
    QUEUE_GROUP: async () => ({ queueGroups: await get('/v1/queue-groups') }),
    POLICY: async () => ({ policy: await get('/v1/policy') }),
};

/** Everything of these kinds, read at once. @param {string[]} kinds @returns {Promise<any>} */
const readDefinitions = async (kinds) => Object.assign({}, ...(await Promise.all(kinds.map((kind) => READERS[kind]()))));

/**
 * Reads what is of these kinds, and reads it again whenever it has changed or may have: `new DefinitionsFeed(live, kinds, take)`.
 * What cannot be read is asked for again; whether the service is there at all the page's stream says.
 */
export class DefinitionsFeed {
    #timer = 0;
    /** Counts what was asked, so that an answer to an older question is left alone. */
    #turn = 0;

    /** @param {import('./live.js').Live} live @param {string[]} kinds @param {(definitions: any) => void} take */
    constructor(live, kinds, take) {
        this.live = live;
        this.kinds = kinds;
        this.take = take;
    }

    open() {
        this.live.addEventListener('message', this.#heard);
        this.#read();
    }

    close() {
        this.live.removeEventListener('message', this.#heard);
        clearTimeout(this.#timer);
        this.#turn++;
    }

    #heard = ({ detail: { kind } }) => {
        if (kind === 'DEFINITIONS_CHANGED' || kind === 'RESYNC') {
            this.#readIn(REST);
        }
    };

    #readIn(wait) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#read(), wait);
    }

    async #read() {
        const turn = ++this.#turn;
        try {
            const definitions = await readDefinitions(this.kinds);
            if (turn === this.#turn) {
                this.take(definitions);
            }
        } catch (problem) {
            if (turn === this.#turn) {
                this.#readIn(problem.retryAfter * 1000 || 10 * REST);
            }
        }
    }
}

/** The profiles and the queues as they are put: `new Definitions(this, live)` in an element. Ids stand in for names until they are read. */
export class Definitions {
    /** In their order. @type {any[]} */
    profiles = [];
    /** By name. @type {any[]} */
    queues = [];
    /** The names of the queues by their ids. @type {Map<string, string>} */
    queueNames = new Map();

    #feed;

    /** @param {import('lit').ReactiveControllerHost} host @param {import('./live.js').Live} live */
    constructor(host, live) {
        this.#feed = new DefinitionsFeed(live, ['PROFILE', 'QUEUE'], ({ profiles, queues }) => {
            this.profiles = profiles;
            this.queues = queues;
            this.queueNames = new Map(queues.map(({ id, name }) => [id, name]));
            host.requestUpdate();
        });
        host.addController(this);
    }

    hostConnected() {
        this.#feed.open();
    }

    hostDisconnected() {
        this.#feed.close();
    }
}
