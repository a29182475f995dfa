import { command, path } from '../common/api.js';
import { durationMillis } from '../common/times.js';

/** A page that was loaded anew is still the desktop of whom it was. */
const KEPT = 'presence.desktop';

/**
 * Says regularly that the agent's desktop is there, if the policy wants to hear that and the panel is the desktop: since the
 * agent signed in on it. Whoever only looks at somebody's panel must not keep that agent's session by that, nor end it by
 * leaving.
 *
 * Browsers slow down the timers of pages that nobody sees, to one a minute and less. Messages of the stream come through, one
 * every 15 s at the latest; so each of them is a chance as well.
 */
export class Heartbeat {
    /** When the last one went out, by a clock that nobody sets. */
    #last = -Infinity;
    #timer = 0;

    /** @param {import('./desk.js').Desk} desk @param {import('../common/live.js').Live} live */
    constructor(desk, live) {
        this.desk = desk;
        this.live = live;
    }

    get isDesktop() {
        return sessionStorage.getItem(KEPT) === this.desk.agent;
    }

    /** From now on the panel is the agent's desktop. */
    claim() {
        sessionStorage.setItem(KEPT, this.desk.agent);
    }

    start() {
        this.live.addEventListener('heard', this.#beat);
        this.#timer = setInterval(this.#beat, 1000);
    }

    stop() {
        this.live.removeEventListener('heard', this.#beat);
        clearInterval(this.#timer);
    }

    #beat = () => {
        const { presence, catalogue, agent } = this.desk;
        const timeout = durationMillis(catalogue.policy.heartbeatTimeout);
        const isThere = this.isDesktop && presence && presence.status !== 'OFFLINE' && presence.connected;
        if (timeout > 0 && isThere && performance.now() - this.#last >= timeout / 3) {
            this.#last = performance.now();
            // What becomes of it the stream says: nothing, or a lost connection.
            command('POST', path`/v1/agents/${agent}/heartbeat`).catch(() => {});
        }
    };
}
