/** The agents in the order of their names, and what is looked for in them, prepared so that ten thousand can be filtered at each key. */

/** Without accents and capitals, so that Päivi is found by paivi. @param {string} text */
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export class AgentIndex {
    /** @type {Map<string, {agent: any, name: string, text: string}>} */
    #entries = new Map();
    /** @type {{agent: any, name: string, text: string}[]} */
    #ordered = [];

    get size() {
        return this.#ordered.length;
    }

    /**
     * Takes over what is new.
     * @param {Map<string, any>} agents all of them
     * @param {Set<string> | null} changed whose are others than before; null for all
     */
    update(agents, changed) {
        let others = false;
        if (changed === null) {
            const before = this.#entries;
            this.#entries = new Map();
            for (const [id, agent] of agents) {
                this.#entries.set(id, entryOf(agent, before.get(id)));
            }
            others = true;
        } else {
            for (const id of changed) {
                const agent = agents.get(id);
                const before = this.#entries.get(id);
                if (!agent) {
                    others = this.#entries.delete(id) || others;
                } else if (before && before.agent.name === agent.name) {
                    before.agent = agent;
                } else {
                    this.#entries.set(id, entryOf(agent));
                    others = true;
                }
            }
        }
        if (others) {
            this.#ordered = [...this.#entries.values()].sort((one, other) => compared(one.name, other.name) || compared(one.agent.agent, other.agent.agent));
        }
    }

    /** The agents that are like that, by name. @param {import('../elements/agent-filters.js').Filter} filter @returns {any[]} */
    find({ q, status, profile, queue, capability }) {
        const words = folded(q).split(/\s+/).filter(Boolean);
        const found = [];
        for (const { agent, text } of this.#ordered) {
            if (
                (status === '' || agent.status === status) &&
                (profile === '' || agent.profile?.id === profile) &&
                (queue === '' || agent.queues.includes(queue)) &&
                (capability === '' || agent.capabilities.includes(capability)) &&
                words.every((word) => text.includes(word))
            ) {
                found.push(agent);
            }
        }
        return found;
    }
}

/** @param {any} agent @param {{agent: any, name: string, text: string}} [before] what was prepared for it then */
function entryOf(agent, before) {
    if (before?.agent.name === agent.name) {
        before.agent = agent;
        return before;
    }
    const name = folded(agent.name);
    return { agent, name, text: `${name} ${folded(agent.agent)}` };
}

const compared = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
