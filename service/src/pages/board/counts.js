/** The contact centre in numbers, counted from the agents as the stream tells of them, so that they are right at once. */
import { STATUSES } from '../common/words.js';

/**
 * @typedef {object} QueueCounts
 * @property {number} joined
 * @property {number} here those of them who are signed in
 * @property {Map<string, number>} capable how many have a capability, signed in or not
 * @property {Map<string, number>} eligible how many could be given a conversation of a channel now, the reserve left out
 *
 * @typedef {object} Counts
 * @property {Map<string, number>} statuses
 * @property {number} ready
 * @property {number} notReady
 * @property {number} offers
 * @property {Record<'ACTIVE' | 'WRAP_UP', number>} conversations
 * @property {Map<string, QueueCounts>} queues
 */

/** @param {Map<string, any>} agents @returns {Counts} */
export function countedFrom(agents) {
    const counts = {
        statuses: new Map(STATUSES.map((status) => [status, 0])),
        ready: 0,
        notReady: 0,
        offers: 0,
        conversations: { ACTIVE: 0, WRAP_UP: 0 },
        queues: new Map(),
    };
    for (const agent of agents.values()) {
        const here = agent.status !== 'OFFLINE';
        more(counts.statuses, agent.status);
        counts.ready += here && agent.ready ? 1 : 0;
        counts.notReady += here && !agent.ready ? 1 : 0;
        counts.offers += agent.offers?.length ?? 0;
        agent.conversations?.forEach(({ state }) => counts.conversations[state]++);
        for (const queue of agent.queues) {
            const own = queueOf(counts, queue);
            own.joined++;
            own.here += here ? 1 : 0;
            agent.capabilities.forEach((capability) => more(own.capable, capability));
            agent.eligible.forEach((channel) => more(own.eligible, channel));
        }
    }
    return counts;
}

/** The numbers of a queue; all nothing for one without members. @param {Counts} counts @param {string} queue @returns {QueueCounts} */
export function queueOf(counts, queue) {
    let own = counts.queues.get(queue);
    if (!own) {
        own = { joined: 0, here: 0, capable: new Map(), eligible: new Map() };
        counts.queues.set(queue, own);
    }
    return own;
}

const more = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
