/** What an administrator defined and the panel needs: profiles, queues, queue groups and the policy. */
import { readDefinitions } from '../common/definitions.js';

export class Catalogue {
    /** In the order in which they are shown. @type {any[]} */
    profiles = [];
    /** By id. @type {Map<string, any>} */
    queues = new Map();
    /** By id. @type {Map<string, any>} */
    groups = new Map();
    /** @type {any} */
    policy = {};

    /** What a queue is called; its id for one that is gone. */
    queueName = (/** @type {string} */ id) => this.queues.get(id)?.name ?? id;

    /** Asks for all of it. @returns {Promise<Catalogue>} */
    static async read() {
        const read = new Catalogue();
        const { profiles, queues, queueGroups, policy } = await readDefinitions(['PROFILE', 'QUEUE', 'QUEUE_GROUP', 'POLICY']);
        read.profiles = profiles;
        read.queues = new Map(queues.map((queue) => [queue.id, queue]));
        read.groups = new Map(queueGroups.map((group) => [group.id, group]));
        read.policy = policy;
        return read;
    }
}
