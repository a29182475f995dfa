/**
 * The change stream: what the service tells as it happens, kept as a picture of the agents. Read by fetch and not by the
 * browser's EventSource, since that hides what a page has to know: the comments that show the connection is there, and why
 * an answer was refused.
 */
import { get, Problem, query } from './api.js';
import { clock } from './clock.js';

/** After this long without a byte, in milliseconds, it is asked whether the service is there at all. */
const SILENCE = 20_000;
/** How long it may take to say so. */
const PROBE = 5_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

/** How all streams of this page are: what the shell shows. */
export const connection = new (class extends EventTarget {
    /** none, connecting, live or lost */
    state = 'none';
    /** The service's time since when it is lost, in milliseconds. */
    since = 0;

    /** @param {'none' | 'connecting' | 'live' | 'lost'} state */
    is(state) {
        if (this.state !== state) {
            this.state = state;
            this.since = clock.now();
            this.dispatchEvent(new Event('change'));
        }
    }
})();

/**
 * A subscription. Events: `change`, at most one each time the page is drawn, whose detail has the `agents` (ids) that are
 * others than before, or null for all of them; `message` with `kind` and `data` for each message that is not a snapshot's;
 * `heard` whenever anything comes at all.
 */
export class Live extends EventTarget {
    /** Presence documents by agent. @type {Map<string, any>} */
    agents = new Map();
    /** Staffing by queue and channel, as the last messages say it. @type {Map<string, any>} */
    staffing = new Map();
    /** Whether a whole snapshot has come. */
    complete = false;
    /** Why the service refuses the stream; null while it does not. @type {Problem | null} */
    problem = null;

    #filter;
    #lastId = '';
    /** The snapshot that is under way. @type {Map<string, any> | null} */
    #coming = null;
    #open = false;
    #wait = FIRST_WAIT;
    #retry = 0;
    #watch = 0;
    /** @type {AbortController | null} */
    #connection = null;
    /** This machine's time when the connection was asked for, until its first message has said the service's. */
    #asked = 0;
    /** @type {Set<string> | null} */
    #changed = new Set();
    #drawn = 0;

    /** @param {{agent?: string | string[], queue?: string | string[], kind?: string[]}} [filter] as GET /v1/stream takes it */
    constructor(filter = {}) {
        super();
        this.#filter = filter;
    }

    open() {
        if (!this.#open) {
            this.#open = true;
            connection.is('connecting');
            window.addEventListener('online', this.#atOnce);
            window.addEventListener('offline', this.#cut);
            window.addEventListener('presence-signed-in', this.#atOnce);
            document.addEventListener('visibilitychange', this.#whenSeen);
            this.#connect();
        }
        return this;
    }

    close() {
        this.#open = false;
        window.removeEventListener('online', this.#atOnce);
        window.removeEventListener('offline', this.#cut);
        window.removeEventListener('presence-signed-in', this.#atOnce);
        document.removeEventListener('visibilitychange', this.#whenSeen);
        clearTimeout(this.#retry);
        clearTimeout(this.#watch);
        this.#connection?.abort();
        connection.is('none');
    }

    #atOnce = () => {
        if (connection.state !== 'live') {
            this.#wait = FIRST_WAIT;
            this.#connect();
        }
    };

    #cut = () => this.#connection?.abort();

    /** Timers stand still in a page that nobody sees, so a connection may have died unnoticed. */
    #whenSeen = () => {
        if (!document.hidden) {
            connection.state === 'live' ? this.#probe() : this.#atOnce();
        }
    };

    async #connect() {
        clearTimeout(this.#retry);
        this.#connection?.abort();
        const own = new AbortController();
        this.#connection = own;
        this.#coming = null;
        this.#asked = performance.now();
        let wait = 0;
        try {
            this.#watched();
            const response = await fetch('/v1/stream' + query({ ...this.#filter, lastEventId: this.#lastId }), {
                headers: { Accept: 'text/event-stream' },
                credentials: 'same-origin',
                cache: 'no-store',
                signal: own.signal,
            });
            if (response.ok) {
                await this.#read(response.body.pipeThrough(new TextDecoderStream()).getReader(), own);
            } else {
                wait = await this.#refused(response);
            }
        } catch {
            // Whatever it was, the connection is gone and is made anew.
        }
        if (this.#open && this.#connection === own) {
            clearTimeout(this.#watch);
            connection.is('lost');
            const jitter = 0.75 + Math.random() / 2;
            this.#retry = setTimeout(() => this.#connect(), Math.max(wait, this.#wait * jitter));
            this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
        }
    }

    /** Answers how long to wait, in milliseconds. */
    async #refused(response) {
        const document = await response.json().catch(() => ({}));
        this.problem = new Problem({ ...document, status: response.status }, Number(response.headers.get('Retry-After')) || 0);
        if (response.status === 400 && this.#lastId !== '') {
            // The place it was at belongs to another service, or to one whose data was put back: it begins anew.
            this.#lastId = '';
        } else if (response.status === 401) {
            window.dispatchEvent(new CustomEvent('presence-signed-out', { detail: this.problem }));
        }
        this.dispatchEvent(new Event('refused'));
        return this.problem.retryAfter * 1000;
    }

    async #read(reader, own) {
        let rest = '';
        while (true) {
            const { done, value } = await reader.read();
            if (done || own.signal.aborted) {
                return;
            }
            this.#watched();
            this.problem = null;
            this.#wait = FIRST_WAIT;
            this.dispatchEvent(new Event('heard'));
            rest += value;
            let end = rest.indexOf('\n\n');
            while (end >= 0) {
                this.#block(rest.slice(0, end));
                rest = rest.slice(end + 2);
                end = rest.indexOf('\n\n');
            }
            if (this.complete && !this.#coming) {
                connection.is('live');
            }
        }
    }

    #watched() {
        clearTimeout(this.#watch);
        this.#watch = setTimeout(() => this.#probe(), SILENCE);
    }

    async #probe() {
        const own = this.#connection;
        try {
            await get('/v1/profiles/available', { signal: AbortSignal.timeout(PROBE) });
        } catch (problem) {
            if (!(problem instanceof Problem) || problem.status === 0) {
                own?.abort();
                return;
            }
        }
        this.#watched();
    }

    #block(block) {
        let id = '';
        let kind = '';
        let data = '';
        for (const line of block.split('\n')) {
            if (line.startsWith('id: ')) {
                id = line.slice(4);
            } else if (line.startsWith('event: ')) {
                kind = line.slice(7);
            } else if (line.startsWith('data: ')) {
                data += line.slice(6);
            }
        }
        if (kind !== '') {
            this.#message(kind, JSON.parse(data));
            this.#lastId = id || this.#lastId;
        }
    }

    #message(kind, data) {
        this.#timed(data.at);
        if (kind === 'SNAPSHOT') {
            this.#snapshot(data);
            return;
        }
        if (kind === 'RESYNC') {
            this.#coming = new Map();
        } else if (kind === 'PRESENCE') {
            this.#coming?.set(data.agent, data);
            this.agents.set(data.agent, data);
            this.#isChanged(data.agent);
        } else if (kind === 'AGENT_DELETED') {
            this.#coming?.delete(data.agent);
            this.agents.delete(data.agent);
            this.#isChanged(data.agent);
        } else if (kind === 'STAFFING') {
            this.#staffed(data);
            this.#isChanged('');
        }
        this.dispatchEvent(new CustomEvent('message', { detail: { kind, data } }));
    }

    /** A connection begins with what time it is; what comes later says when something was. @param {string | undefined} at */
    #timed(at) {
        if (this.#asked > 0) {
            clock.learn(at, this.#asked, performance.now());
            this.#asked = 0;
        }
        clock.atLeast(at);
    }

    /** A part of it. What was known before is shown until all of it is there. */
    #snapshot(part) {
        this.#coming ??= new Map();
        for (const agent of part.agents) {
            this.#coming.set(agent.agent, agent);
        }
        if (part.complete) {
            this.agents = this.#coming;
            this.#coming = null;
            this.staffing.clear();
            part.staffing?.forEach((staffing) => this.#staffed(staffing));
            this.complete = true;
            this.#isChanged(null);
        }
    }

    #staffed(staffing) {
        this.staffing.set(`${staffing.queue} ${staffing.channel}`, staffing);
    }

    /** @param {string | null} agent null for all */
    #isChanged(agent) {
        if (agent === null) {
            this.#changed = null;
        } else if (agent !== '') {
            this.#changed?.add(agent);
        }
        // In a page that nobody sees nothing is drawn, so it is told by a timer there.
        this.#drawn ||= document.hidden ? setTimeout(this.#tell, 200) : requestAnimationFrame(this.#tell);
    }

    #tell = () => {
        const agents = this.#changed;
        this.#changed = new Set();
        this.#drawn = 0;
        this.dispatchEvent(new CustomEvent('change', { detail: { agents } }));
    };
}
