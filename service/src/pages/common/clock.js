/** The service's time, which timers go by, whatever the clock of this machine says; and one second for all of them. */

/** After this long, in milliseconds, a measurement is replaced even by a worse one: clocks drift. */
const STALE = 5 * 60_000;

/**
 * It goes on from what the service said by a clock that nobody sets; this machine's own may be put right at any time.
 */
class ServiceClock {
    #offset = Date.now() - performance.now();
    #uncertainty = Infinity;
    #measuredAt = -Infinity;
    /** @type {Set<() => void>} */
    #watchers = new Set();
    #timer = 0;

    constructor() {
        document.addEventListener('visibilitychange', () => this.#schedule(true));
    }

    /** The service's time now, in milliseconds since 1970. */
    now() {
        return performance.now() + this.#offset;
    }

    /**
     * Learns from what the service says the time is.
     * @param {string | undefined} at what it says
     * @param {number} asked what performance.now() said when it was asked, in milliseconds
     * @param {number} answered and when the answer was there
     */
    learn(at, asked, answered) {
        const said = typeof at === 'string' ? Date.parse(at) : NaN;
        const uncertainty = (answered - asked) / 2;
        if (Number.isNaN(said)) {
            return;
        }
        if (uncertainty <= this.#uncertainty || answered - this.#measuredAt > STALE) {
            this.#offset = said - (asked + answered) / 2;
            this.#uncertainty = uncertainty;
            this.#measuredAt = answered;
        }
    }

    /** Learns from a message, which says no more than that it is at least that late. @param {string | undefined} at */
    atLeast(at) {
        const said = typeof at === 'string' ? Date.parse(at) : NaN;
        if (said > this.now()) {
            this.#offset = said - performance.now();
        }
    }

    /** Calls the watcher with each second of the service's time, while the page can be seen. Answers what ends that. @param {() => void} watcher */
    everySecond(watcher) {
        this.#watchers.add(watcher);
        this.#schedule(false);
        return () => {
            this.#watchers.delete(watcher);
        };
    }

    #schedule(atOnce) {
        clearTimeout(this.#timer);
        if (document.hidden || this.#watchers.size === 0) {
            return;
        }
        if (atOnce) {
            this.#tick();
            return;
        }
        const now = this.now();
        this.#timer = setTimeout(() => this.#tick(), 1000 - (((now % 1000) + 1000) % 1000) + 1);
    }

    #tick() {
        for (const watcher of this.#watchers) {
            watcher();
        }
        this.#schedule(false);
    }
}

export const clock = new ServiceClock();

/** Draws an element anew with each second: `new Ticking(this)` in its constructor. */
export class Ticking {
    /** @param {import('lit').ReactiveControllerHost} host */
    constructor(host) {
        this.host = host;
        host.addController(this);
    }

    hostConnected() {
        this.end = clock.everySecond(() => this.host.requestUpdate());
    }

    hostDisconnected() {
        this.end?.();
    }
}
