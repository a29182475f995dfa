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
export const readDefinitions = async (kinds) => Object.assign({}, ...(await Promise.all(kinds.map((kind) => READERS[kind]()))));

/** The profiles and the queues as they are put, read again when they change: `new Definitions(this, live)` in an element. */
export class Definitions {
    /** In their order. @type {any[]} */
    profiles = [];
    /** By name. @type {any[]} */
    queues = [];
    /** The names of the queues by their ids. @type {Map<string, string>} */
    queueNames = new Map();

    #timer = 0;

    /** @param {import('lit').ReactiveControllerHost} host @param {import('./live.js').Live} live */
    constructor(host, live) {
        this.host = host;
        this.live = live;
        host.addController(this);
    }

    hostConnected() {
        this.live.addEventListener('message', this.#heard);
        this.#read();
    }

    hostDisconnected() {
        this.live.removeEventListener('message', this.#heard);
        clearTimeout(this.#timer);
    }

    #heard = ({ detail: { kind } }) => {
        if (kind === 'DEFINITIONS_CHANGED' || kind === 'RESYNC') {
            clearTimeout(this.#timer);
            this.#timer = setTimeout(() => this.#read(), REST);
        }
    };

    async #read() {
        try {
            const { profiles, queues } = await readDefinitions(['PROFILE', 'QUEUE']);
            this.profiles = profiles;
            this.queues = queues;
            this.queueNames = new Map(queues.map(({ id, name }) => [id, name]));
            this.host.requestUpdate();
        } catch {
            // Ids stand in for names meanwhile; whether the service is there the page's stream says.
            this.#timer = setTimeout(() => this.#read(), 10 * REST);
        }
    }
}
