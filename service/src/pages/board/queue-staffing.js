import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { fill, plural, texts } from '../common/texts.js';
import { capabilityOf, CHANNELS, channelIcon, channelWord } from '../common/words.js';
import { cards, controls, words } from '../elements/styles.js';
import { queueOf } from './counts.js';

const { compare } = new Intl.Collator(texts.locale);

/** So many queues are shown at first; those with an alarm come before others if there are more. */
const MOST = 15;

/**
 * How each queue is staffed, for each channel: `<queue-staffing .counts=${counts} .staffing=${live.staffing} .queues=${…}>`,
 * where `queues` are those of GET /v1/summary. A channel that nobody in the queue has the capability for is quiet; one that
 * somebody could do and nobody can be given now is an alarm. `fixed` shows as many as there is room for.
 */
export class QueueStaffing extends LitElement {
    static properties = {
        counts: { attribute: false },
        staffing: { attribute: false },
        queues: { attribute: false },
        fixed: { type: Boolean, reflect: true },
        all: { state: true },
        most: { state: true },
    };

    static styles = [
        words,
        controls,
        cards,
        css`
            .head {
                display: flex;
                flex-wrap: wrap;
                align-items: center;
                justify-content: space-between;
                gap: var(--gap-2);
                margin-bottom: var(--gap-2);
            }

            :host([fixed]) .card {
                height: 100%;
                overflow: hidden;
            }

            .alarms {
                display: inline-flex;
                align-items: center;
                gap: var(--gap-1);
            }

            .scroll {
                position: relative;
                overflow-x: auto;
            }

            table {
                width: 100%;
                border-collapse: collapse;
            }

            th,
            td {
                height: 2.25em;
                padding: 0 var(--gap-2);
                border-bottom: 1px solid var(--line);
                text-align: right;
                white-space: nowrap;
            }

            thead th {
                color: var(--quiet);
                font-size: var(--small);
                font-weight: 600;
            }

            th:first-child {
                padding-left: 0;
                text-align: left;
            }

            tbody th {
                max-width: 14em;
                overflow: hidden;
                font-weight: 600;
                text-overflow: ellipsis;
            }

            th a {
                display: inline-block;
                min-height: 1.5rem;
                color: inherit;
                text-decoration: none;
            }

            th a:hover {
                text-decoration: underline;
            }

            thead .icon {
                display: inline-block;
                width: 1.1em;
                height: 1.1em;
                vertical-align: text-bottom;
            }

            .cell {
                display: inline-flex;
                align-items: center;
                justify-content: flex-end;
                gap: 0.25em;
                min-width: 3.25em;
                padding: 0.05em 0.4em;
                border-radius: var(--round);
            }

            .cell .icon {
                width: 1em;
                height: 1em;
            }

            .alarm {
                background: var(--bad-soft);
                color: var(--bad);
                font-weight: 700;
            }

            .reserve {
                background: var(--warn-soft);
                color: var(--warn);
                font-weight: 600;
            }

            .legend {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-1) var(--gap-4);
                margin-top: var(--gap-2);
            }

            .legend li {
                display: inline-flex;
                align-items: center;
                gap: 0.3em;
            }

            .legend .icon {
                width: 1em;
                height: 1em;
            }

            .silent {
                color: var(--quiet);
            }

            button {
                margin-top: var(--gap-2);
            }
        `,
    ];

    #resized = new ResizeObserver(() => this.#fit());

    constructor() {
        super();
        this.most = MOST;
    }

    connectedCallback() {
        super.connectedCallback();
        this.#resized.observe(this);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#resized.disconnect();
    }

    updated(changed) {
        if (changed.has('fixed')) {
            this.#fit();
        }
    }

    /** Finds out how many rows there is room for above the two lines at the end. */
    #fit() {
        const row = this.renderRoot.querySelector('tbody tr');
        if (this.fixed && row) {
            const room = this.getBoundingClientRect().bottom - row.getBoundingClientRect().top;
            this.most = Math.max(1, Math.floor(room / row.offsetHeight) - 2);
        } else {
            this.most = MOST;
        }
    }

    /** @returns {{queue: any, own: any, cells: {channel: string, state: string, n: number, inReserve?: number}[], alarms: number}[]} */
    #rows() {
        return this.queues
            .map((queue) => {
                const own = queueOf(this.counts, queue.queue);
                const cells = queue.channels.map(({ channel, inReserve }) => this.#cell(queue.queue, own, channel, inReserve));
                return { queue, own, cells, alarms: cells.filter(({ state }) => state === 'alarm').length };
            })
            .sort((one, other) => compare(one.queue.name, other.queue.name));
    }

    #cell(queue, own, channel, inReserve) {
        const n = own.eligible.get(channel) ?? 0;
        if (n > 0) {
            return { channel, state: 'open', n, inReserve };
        }
        if (!own.capable.has(capabilityOf(channel))) {
            return { channel, state: 'silent', n };
        }
        return this.staffing.get(`${queue} ${channel}`)?.available ? { channel, state: 'reserve', n: inReserve } : { channel, state: 'alarm', n };
    }

    render() {
        const words = texts.board.queues;
        const rows = this.#rows();
        const alarms = rows.reduce((sum, row) => sum + row.alarms, 0);
        // Each keeps its place as long as all of them have one.
        const ordered = rows.length > this.most ? [...rows.filter((row) => row.alarms > 0), ...rows.filter((row) => row.alarms === 0)] : rows;
        const shown = this.all && !this.fixed ? ordered : ordered.slice(0, this.most);
        return html`<section class="card">
            <div class="head">
                <h2>${words.title}</h2>
                <span class="alarms cell ${alarms > 0 ? 'alarm' : 'quiet'}" role="status"
                    >${alarms > 0 ? html`${icon('triangle-alert')}${plural(alarms, words.alarms)}` : words.noAlarm}</span
                >
            </div>
            ${rows.length === 0 ? html`<p class="quiet">${words.none}</p>` : this.#table(shown)}
            ${this.#others(rows.length - shown.length)}
        </section>`;
    }

    #others(hidden) {
        const words = texts.board.queues;
        if (this.fixed) {
            return hidden > 0 ? html`<p class="quiet">${plural(hidden, words.more)}</p>` : nothing;
        }
        if (this.all) {
            return html`<button @click=${() => (this.all = false)}>${words.fewer}</button>`;
        }
        return hidden > 0 ? html`<button @click=${() => (this.all = true)}>${plural(hidden, words.all)}</button>` : nothing;
    }

    #table(rows) {
        const words = texts.board.queues;
        const handled = new Set(rows.flatMap(({ cells }) => cells.map(({ channel }) => channel)));
        const channels = CHANNELS.filter((channel) => handled.has(channel));
        return html`<div class="scroll" tabindex="0" role="region" aria-label=${words.title}>
            <table>
                <thead>
                    <tr>
                        <th scope="col">${words.queue}</th>
                        <th scope="col">${words.here}</th>
                        ${channels.map((channel) => html`<th scope="col" title=${channelWord(channel)}>${icon(channelIcon(channel))} <span class="unseen">${channelWord(channel)}</span></th>`)}
                    </tr>
                </thead>
                <tbody>
                    ${rows.map(
                        ({ queue, own, cells }) => html`<tr data-queue=${queue.queue}>
                            <th scope="row"><a href="/directory?queue=${encodeURIComponent(queue.queue)}" title=${queue.name}>${queue.name}</a></th>
                            <td class="number" title=${fill(words.hereHint, own)}>${fill(words.hereOf, own)}</td>
                            ${channels.map((channel) => this.#drawn(cells.find((cell) => cell.channel === channel)))}
                        </tr>`,
                    )}
                </tbody>
            </table>
        </div>
        <ul class="legend small quiet">
            <li>${icon('triangle-alert')} ${words.alarmHint}</li>
            <li>${icon('layers')} ${words.reserveHint}</li>
            <li>– ${words.silentHint}</li>
        </ul>`;
    }

    #drawn(cell) {
        const words = texts.board.queues;
        if (!cell) {
            return html`<td></td>`;
        }
        const { channel, state, n, inReserve } = cell;
        const [sign, text] = {
            open: [nothing, n],
            reserve: [icon('layers'), html`${n}<span class="unseen"> ${words.reserve}</span>`],
            alarm: [icon('triangle-alert'), html`${n}<span class="unseen"> ${words.alarm}</span>`],
            silent: [nothing, html`<span aria-hidden="true">–</span><span class="unseen">${words.silent}</span>`],
        }[state];
        const hint = state === 'open' ? fill(inReserve > 0 ? words.openAndReserve : words.open, { n, reserve: inReserve }) : words[state + 'Hint'];
        return html`<td class="number">
            <span class="cell ${state}" data-channel=${channel} data-state=${state} title="${channelWord(channel)}: ${hint}">${sign}${text}</span>
        </td>`;
    }
}

customElements.define('queue-staffing', QueueStaffing);
