import { command, get, path } from '../common/api.js';
import { DefinitionsFeed } from '../common/definitions.js';
import { connection, Live } from '../common/live.js';
import { texts } from '../common/texts.js';
import { toast } from '../elements/toasts.js';
import { Catalogue } from './catalogue.js';
import { changesBetween, offerEnd } from './changes.js';
import { connect, READY, signIn } from './commands.js';
import { Heartbeat } from './heartbeat.js';

/** How many changes are remembered. */
const REMEMBERED = 50;

/** How long after a change the rules are asked, in milliseconds: changes come in swarms. */
const MOMENT = 300;

/**
 * All that the panel of one agent knows: the agent as the stream shows it, what was asked for and is not so yet, why it is
 * so, and what changed without one's own doing. It fires `change`.
 */
export class Desk extends EventTarget {
    catalogue = new Catalogue();
    /** Keys of the commands that were given and are not in the stream yet. @type {Set<string>} */
    pending = new Set();
    /** What did not work last. @type {import('../common/api.js').Problem | null} */
    problem = null;
    /** As the rules explained it last. @type {any} */
    explanation = null;
    /** Why they did not, when they were asked last. @type {import('../common/api.js').Problem | null} */
    unexplained = null;
    /** The latest first. @type {{at: string, text: string, by: string}[]} */
    log = [];

    /** Ready or Not ready, as it was asked for last. @type {import('./commands.js').Command | undefined} */
    #wish;
    #live;
    #heartbeat;
    #definitions;
    /** What an answer said while the stream was away. @type {any} */
    #standIn;
    /** What the next change is compared with. @type {any} */
    #told;
    /** @type {{document: any, resolve: () => void}[]} */
    #waiting = [];
    #asking = 0;
    #explained = 0;

    /** @param {string} agent whose panel it is @param {import('../shell/session.js').Me} me who sits at it */
    constructor(agent, me) {
        super();
        this.agent = agent;
        this.me = me;
        /** Whether the agent is the one who looks: where nobody is asked who they are, that is so. */
        this.isOwn = me.mode === 'NONE' || me.agent === agent;
        this.#live = new Live({ agent });
        this.#heartbeat = new Heartbeat(this, this.#live);
        this.#definitions = new DefinitionsFeed(this.#live, Catalogue.KINDS, (definitions) => {
            this.catalogue = new Catalogue(definitions);
            this.#tell();
        });
    }

    open() {
        this.#live.addEventListener('change', this.#changed);
        this.#live.addEventListener('message', this.#hear);
        this.#live.addEventListener('refused', this.#refused);
        connection.addEventListener('change', this.#arrived);
        this.#live.open();
        this.#heartbeat.start();
        this.#definitions.open();
        return this;
    }

    close() {
        connection.removeEventListener('change', this.#arrived);
        clearTimeout(this.#asking);
        this.#definitions.close();
        this.#heartbeat.stop();
        this.#live.close();
    }

    /** The presence document; undefined while nothing is known, and for an agent who does not exist. @type {any} */
    get presence() {
        const streamed = this.#live.agents.get(this.agent);
        return this.#standIn && !(streamed?.version >= this.#standIn.version) ? this.#standIn : streamed;
    }

    /** Why there is nothing to show; null while it is not known yet. */
    get refusal() {
        return this.#live.problem;
    }

    /** Whether the service has said that there is no such agent. */
    get isUnknown() {
        return !this.presence && (this.#live.complete || this.#live.problem?.code === 'UNKNOWN_AGENT');
    }

    get #headers() {
        return this.me.mode === 'NONE' ? { 'Command-By': this.agent } : {};
    }

    /**
     * Gives a command; not while one about the same is pending, except that of Ready the last wish counts. Answers whether it was
     * done, once that shows. @param {import('./commands.js').Command} given
     */
    async give(given) {
        const { key, method, address, body } = given;
        if (key === READY) {
            this.#wish = given;
        }
        if (this.pending.has(key)) {
            return false;
        }
        this.#isPending(key, true);
        this.problem = null;
        try {
            const answer = await command(method, address, body, { headers: this.#headers });
            await this.#shown(answer?.version ? answer : await get(path`/v1/agents/${this.agent}`));
            return true;
        } catch (problem) {
            this.problem = problem;
            return false;
        } finally {
            this.#isPending(key, false);
            if (key === READY && this.#wish !== given) {
                this.give(this.#wish);
            }
        }
    }

    /** Whether the agent is ready, or will be once what was asked for is done. */
    get willBeReady() {
        return this.pending.has(READY) ? this.#wish.body.ready : this.presence.ready;
    }

    /** Signs in: from now on this panel is the agent's desktop. */
    signIn() {
        this.#heartbeat.claim();
        return this.give(signIn(this.agent));
    }

    /** Says that the agent is there. */
    connect() {
        this.#heartbeat.claim();
        return this.give(connect(this.agent));
    }

    #isPending(key, isIt) {
        const pending = new Set(this.pending);
        isIt ? pending.add(key) : pending.delete(key);
        this.pending = pending;
        this.#tell();
    }

    /** Waits until the stream shows what an answer says. If it is away the answer stands in for it. */
    async #shown(document) {
        await new Promise((resolve) => {
            this.#waiting.push({ document, resolve });
            this.#arrived();
        });
    }

    #arrived = () => {
        const isLive = connection.state === 'live';
        this.#waiting = this.#waiting.filter(({ document, resolve }) => {
            if (this.presence?.version >= document.version) {
                resolve();
                return false;
            }
            if (!isLive) {
                this.#standIn = document;
                this.#told = document;
                resolve();
                return false;
            }
            return true;
        });
        this.#tell();
    };

    #changed = (event) => {
        const whole = event.detail.agents === null;
        if (whole || this.#live.agents.get(this.agent)?.version >= this.#standIn?.version) {
            this.#standIn = undefined;
        }
        if (whole) {
            // What happened before a snapshot has no cause any more.
            this.#compare({});
        }
        this.#arrived();
        this.#explainSoon();
    };

    #refused = () => {
        if (this.isUnknown) {
            // There is nothing to wait for.
            this.#live.close();
        }
        this.#tell();
    };

    #hear = (event) => {
        const { kind, data } = event.detail;
        if (kind === 'PRESENCE') {
            this.#compare(data);
        } else if (kind === 'OFFER' && !this.#isOwnDoing(data)) {
            this.#note(offerEnd(data, this.catalogue.queueName), data);
        } else if (kind === 'RULES_RELEASE') {
            this.#explainSoon();
        }
    };

    /** Notes what became another without one's own doing. */
    #compare(message) {
        const now = this.#live.agents.get(this.agent);
        if (this.#told && now && now.version > this.#told.version && !this.#isOwnDoing(message)) {
            changesBetween(this.#told, now, this.catalogue.queueName).forEach((text) => this.#note(text, { at: now.at, ...message }));
        }
        this.#told = now ?? this.#told;
    }

    #isOwnDoing({ cause, by }) {
        return cause === 'SELF' ? this.isOwn : cause === 'SUPERVISOR' && by === this.me.name;
    }

    #note(text, { at, cause, by }) {
        if (text) {
            const isPerson = by && cause !== 'TIMEOUT' && cause !== 'RULE';
            const who = isPerson ? by : (texts.agent.byCause[cause] ?? '');
            this.log = [{ at, text, by: who }, ...this.log].slice(0, REMEMBERED);
            toast(text, 'warn');
        }
    }

    #explainSoon() {
        clearTimeout(this.#asking);
        this.#asking = setTimeout(() => this.explain(), MOMENT);
    }

    /** Asks the rules why it is so. It is also done a moment after each change. */
    async explain() {
        const turn = ++this.#explained;
        let { explanation, unexplained } = this;
        try {
            explanation = await get(path`/v1/agents/${this.agent}/explanation`);
            unexplained = null;
        } catch (problem) {
            unexplained = problem;
        }
        if (turn === this.#explained) {
            Object.assign(this, { explanation, unexplained });
            this.#tell();
        }
    }

    #tell = () => this.dispatchEvent(new Event('change'));
}
