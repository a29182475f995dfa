/**
 * The commands of the panel. The key says what each is about: while it is pending no other about the same is given, and what
 * shows that says so, `pending.has('ready')`.
 */
import { path } from '../common/api.js';

/**
 * @typedef {object} Command
 * @property {string} key
 * @property {string} method
 * @property {string} address
 * @property {unknown} [body]
 */

const session = (agent, what) => ({ key: 'session', method: 'POST', address: path`/v1/agents/${agent}/${what}` });

export const signIn = (agent) => session(agent, 'sign-in');
export const signOut = (agent) => session(agent, 'sign-out');
export const connect = (agent) => session(agent, 'connect');

/** The key of Ready and Not ready. */
export const READY = 'ready';

export const readiness = (agent, ready) => ({ key: READY, method: 'PUT', address: path`/v1/agents/${agent}/readiness`, body: { ready } });

/** @param {string} agent @param {string} profile @param {string} [duration] in place of the profile's own */
export const selectProfile = (agent, profile, duration) => ({
    key: 'profile',
    method: 'PUT',
    address: path`/v1/agents/${agent}/profile`,
    body: { profile, duration },
});

const membership = (method) => (agent, queue) => ({ key: `queue ${queue}`, method, address: path`/v1/agents/${agent}/queues/${queue}` });

export const joinQueue = membership('PUT');
export const leaveQueue = membership('DELETE');

/** @param {string} agent @param {string} offer @param {'accept' | 'reject'} how */
export const answerOffer = (agent, offer, how) => ({
    key: `offer ${offer}`,
    method: 'POST',
    address: path`/v1/offers/${offer}/${how}`,
    body: { agent },
});

/** @param {string} conversation @param {'end' | 'handled' | 'transfer'} what @param {unknown} [body] */
const aboutConversation = (conversation, what, body) => ({
    key: `conversation ${conversation}`,
    method: 'POST',
    address: path`/v1/conversations/${conversation}/${what}`,
    body,
});

export const end = (conversation) => aboutConversation(conversation, 'end');
export const handled = (conversation) => aboutConversation(conversation, 'handled');
export const transfer = (conversation, to) => aboutConversation(conversation, 'transfer', { to });

/** Asks the panel around an element to give a command. @param {HTMLElement} element @param {Command} command */
export function give(element, command) {
    element.dispatchEvent(new CustomEvent('command', { bubbles: true, composed: true, detail: command }));
}
