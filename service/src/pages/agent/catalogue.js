/** What an administrator defined and the panel needs: profiles, queues, queue groups and the policy. */
export class Catalogue {
    /** Their kinds, as definitions are read. */
    static KINDS = ['PROFILE', 'QUEUE', 'QUEUE_GROUP', 'POLICY'];

    /** In the order in which they are shown. @type {any[]} */
    profiles;
    /** By id. @type {Map<string, any>} */
    queues;
    /** By id. @type {Map<string, any>} */
    groups;
    /** @type {any} */
    policy;

    /** What a queue is called; its id for one that is gone. */
    queueName = (/** @type {string} */ id) => this.queues.get(id)?.name ?? id;

    /** Of these definitions; of none while they are not read yet. */
    constructor({ profiles = [], queues = [], queueGroups = [], policy = {} } = {}) {
        this.profiles = profiles;
        this.queues = new Map(queues.map((queue) => [queue.id, queue]));
        this.groups = new Map(queueGroups.map((group) => [group.id, group]));
        this.policy = policy;
    }
}
