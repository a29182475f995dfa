/**
 * What is asked of the service again and again, while the page can be seen: `new AskedAgain(this, ask, { soonest, latest })`
 * in an element. `wanted()` says that something has changed; then it is asked, but not sooner than `soonest` milliseconds
 * after the time before. It is asked after `latest` milliseconds in any case, since time alone changes things too.
 */
export class AskedAgain {
    /** @type {any} */
    answer;
    /** Why there is no newer answer. @type {Error | undefined} */
    problem;

    #asked = -Infinity;
    /** Before then the service does not want to be asked; never again if it is Infinity. */
    #notBefore = -Infinity;
    #timer = 0;
    /** When it will be asked. */
    #due = Infinity;
    #busy = false;
    /** Whether something has changed while an answer was on its way. */
    #missed = false;
    /** Counts what was begun, so that an answer to an older question is left alone. */
    #turn = 0;

    /** @param {import('lit').ReactiveControllerHost} host @param {() => Promise<any>} ask @param {{soonest: number, latest: number}} times */
    constructor(host, ask, { soonest, latest }) {
        this.host = host;
        this.ask = ask;
        this.soonest = soonest;
        this.latest = latest;
        host.addController(this);
    }

    hostConnected() {
        document.addEventListener('visibilitychange', this.#seen);
        this.#schedule(0);
    }

    hostDisconnected() {
        document.removeEventListener('visibilitychange', this.#seen);
        clearTimeout(this.#timer);
        this.#turn++;
        this.#busy = false;
    }

    wanted() {
        this.#missed = this.#busy;
        this.#schedule(this.#asked + this.soonest - performance.now());
    }

    /** Something else is asked from now on. */
    anew() {
        this.answer = undefined;
        this.problem = undefined;
        this.#turn++;
        this.#busy = false;
        this.#due = Infinity;
        this.#notBefore = -Infinity;
        this.#schedule(0);
    }

    #seen = () => this.#schedule(0);

    #schedule(wait) {
        const now = performance.now();
        const due = Math.max(now + wait, now, this.#notBefore);
        if (!this.#busy && !document.hidden && due < this.#due) {
            clearTimeout(this.#timer);
            this.#due = due;
            this.#timer = setTimeout(() => this.#run(), due - now);
        }
    }

    async #run() {
        const turn = ++this.#turn;
        this.#busy = true;
        this.#missed = false;
        this.#asked = performance.now();
        let answer;
        let problem;
        try {
            answer = await this.ask();
        } catch (found) {
            problem = found;
        }
        if (turn !== this.#turn) {
            return;
        }
        this.#busy = false;
        this.#due = Infinity;
        this.answer = answer ?? this.answer;
        this.problem = problem;
        this.host.requestUpdate();
        // Whoever may not know does not ask again.
        const rest = problem?.status === 403 ? Infinity : (problem?.retryAfter ?? 0) * 1000;
        this.#notBefore = performance.now() + rest;
        this.#schedule(this.#missed ? this.soonest : this.latest);
    }
}
