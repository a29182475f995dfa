/** Who uses the pages, and which of them that person's roles open. */
import { get, Problem } from '../common/api.js';

/**
 * @typedef {object} Me
 * @property {string} name what the person is called
 * @property {string[]} roles AGENT, SUPERVISOR, ROUTING, ANALYST, ADMIN
 * @property {string} [agent] the agent that this person is
 * @property {string} mode NONE, KEYS or KEYS_AND_TOKENS
 */

const ALL_ROLES = ['AGENT', 'SUPERVISOR', 'ROUTING', 'ANALYST', 'ADMIN'];

/** The pages in the order of the bar, and the roles that open them. */
export const PAGES = [
    { page: 'agent', roles: ['AGENT', 'SUPERVISOR', 'ADMIN'] },
    { page: 'directory', roles: ['AGENT', 'SUPERVISOR', 'ANALYST', 'ADMIN'] },
    { page: 'board', roles: ['SUPERVISOR', 'ANALYST', 'ADMIN'] },
    { page: 'rules', roles: ['ANALYST', 'ADMIN', 'SUPERVISOR'] },
    { page: 'admin', roles: ['ADMIN'] },
];

/** @type {Promise<Me> | undefined} */
let known;

/** Who this is. Asked once; rejected with a Problem of status 401 for who has not signed in to the pages. @returns {Promise<Me>} */
export function whoAmI() {
    known ??= get('/v1/me').catch((problem) => {
        known = undefined;
        if (problem instanceof Problem && problem.status === 404) {
            return { name: '', roles: ALL_ROLES, mode: 'NONE' };
        }
        throw problem;
    });
    return known;
}

/** The windows of this browser share a session: what one is told, all of them hear. */
const windows = new BroadcastChannel('presence-session');

windows.onmessage = ({ data }) => {
    known = Promise.resolve(data);
    tellSignedIn(data);
};

/** Says that somebody has signed in, here and in the other windows. @param {Me} me */
export function letIn(me) {
    known = Promise.resolve(me);
    windows.postMessage(me);
    tellSignedIn(me);
}

/** Says in this window who it is. @param {Me} me */
export function tellSignedIn(me) {
    window.dispatchEvent(new CustomEvent('presence-signed-in', { detail: me }));
}

/** Tells an element who looks, as soon as that is known and whenever it is somebody else: `new Myself(this)`, `.me`. */
export class Myself {
    /** @type {Me | undefined} */
    me;

    /** @param {import('lit').ReactiveControllerHost} host */
    constructor(host) {
        this.host = host;
        host.addController(this);
    }

    hostConnected() {
        window.addEventListener('presence-signed-in', this.#signedIn);
        // Why it is not known the shell says, and asks again.
        whoAmI().then(this.#is, () => {});
    }

    hostDisconnected() {
        window.removeEventListener('presence-signed-in', this.#signedIn);
    }

    #signedIn = ({ detail }) => this.#is(detail);

    #is = (me) => {
        this.me = me;
        this.host.requestUpdate();
    };
}

/** @param {Me} me @param {string[]} roles */
export function hasOneOf(me, roles) {
    return me.roles.some((role) => roles.includes(role));
}
