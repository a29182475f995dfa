import { html, LitElement, nothing, svg } from 'lit';
import { path, pages } from '../common/api.js';
import { clock } from '../common/clock.js';
import { beginningOf, dayOf, hoursWithin } from '../common/days.js';
import { fill, listed, texts } from '../common/texts.js';
import { date, durationWords, millis, timeOfDay, timeToTheSecond, viewerZone, wholeTime } from '../common/times.js';
import { reasonsInWords, STATUSES, statusWord } from '../common/words.js';
import '../elements/day-picker.js';
import '../elements/problem-note.js';
import '../elements/status-badge.js';
import { days, tables, words } from '../elements/styles.js';
import { picture } from './day-styles.js';

/** The height of a lane of the picture, in rem. */
const LANE = 1.5;
/** The longest day that is drawn whole; what is more is told by the numbers. */
const MOST = 5000;
/** So long after a change, in milliseconds, a day that is under way is read again. */
const REST = 700;
/** How often without one, in milliseconds: what is now goes on. */
const GOES_ON = 60_000;

/**
 * What an agent was on a day, as a picture with a lane for each status, and as a table:
 * `<day-strip agent="anna" name="Anna" version="7" zone="Europe/Helsinki">`. A new version has today read again.
 */
export class DayStrip extends LitElement {
    static properties = {
        agent: { type: String },
        name: { type: String },
        version: { type: Number },
        /** The agent's own, for the hover. */
        zone: { type: String },
        profiles: { attribute: false },
        /** The day that was chosen; empty for today, also when that becomes another one. */
        day: { state: true },
        intervals: { state: true },
        problem: { state: true },
    };

    static styles = [words, tables, days, picture];

    #timer = 0;
    /** Counts what was asked, so that an answer to an older question is left alone. */
    #turn = 0;
    /** The day that is shown. */
    #dayRead = '';

    constructor() {
        super();
        this.day = '';
        this.profiles = [];
    }

    get #shown() {
        return this.day || dayOf(clock.now());
    }

    #choose(day) {
        this.day = day === dayOf(clock.now()) ? '' : day;
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        clearTimeout(this.#timer);
        this.#turn++;
    }

    willUpdate(changed) {
        if (changed.has('agent') || changed.has('day')) {
            this.intervals = undefined;
            this.problem = undefined;
            this.#readIn(0);
        } else if (changed.has('version') && this.day === '') {
            this.#readIn(REST);
        }
    }

    #readIn(milliseconds) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#read(), milliseconds);
    }

    async #read() {
        const turn = ++this.#turn;
        const day = this.#shown;
        const intervals = [];
        let problem;
        try {
            const period = { from: new Date(beginningOf(day)).toISOString(), to: new Date(beginningOf(day, 1)).toISOString(), limit: 1000 };
            for await (const some of pages(path`/v1/agents/${this.agent}/intervals`, 'intervals', period)) {
                intervals.push(...some);
                if (intervals.length >= MOST) {
                    break;
                }
            }
        } catch (found) {
            problem = found;
        }
        if (turn === this.#turn) {
            this.#dayRead = day;
            this.intervals = intervals;
            this.problem = problem;
            if (this.day === '') {
                this.#readIn(GOES_ON);
            }
        }
    }

    render() {
        return html`<div class="head">
                <h3>${texts.directory.day.title}</h3>
                <day-picker .day=${this.#shown} @chosen=${(event) => this.#choose(event.detail)}></day-picker>
            </div>
            <div class="body" aria-busy=${!this.intervals}>${this.#body()}</div>`;
    }

    #body() {
        if (this.problem?.code === 'NO_HISTORY') {
            return html`<p class="quiet">${this.problem.message}</p>`;
        }
        if (this.problem) {
            return html`<problem-note .problem=${this.problem} retry @retry=${() => this.#readIn(0)}></problem-note>`;
        }
        if (!this.intervals) {
            return html`<p class="quiet">${texts.directory.day.loading}</p>`;
        }
        return this.intervals.length === 0
            ? html`<p class="quiet">${texts.directory.day.nothing}</p>`
            : html`${this.#picture()} ${this.#table()}`;
    }

    #picture() {
        const from = beginningOf(this.#dayRead);
        const to = beginningOf(this.#dayRead, 1);
        const percent = (instant) => ((millis(instant) - from) / (to - from)) * 100;
        const totals = this.#totals();
        return html`<div class="picture">
            <ul class="lanes">
                ${STATUSES.map(
                    (status) => html`<li>
                        <status-badge status=${status}></status-badge>
                        <span class="number quiet">${totals.has(status) ? durationWords(totals.get(status)) : ''}</span>
                    </li>`,
                )}
            </ul>
            <svg role="img" aria-label=${this.#inWords(totals)}>
                ${hoursWithin(from, to, 3).map(
                    (hour) => svg`<line class="hour" x1="${percent(hour)}%" x2="${percent(hour)}%" y1="0" y2="${LANE * STATUSES.length}rem" />
                        <text x="${percent(hour)}%" y="${LANE * STATUSES.length + 0.9}rem">
                            ${new Date(hour).getHours() % 6 === 0 ? timeOfDay(hour) : ''}
                        </text>`,
                )}
                ${this.intervals.map((interval) => this.#bar(interval, percent))}
            </svg>
        </div>`;
    }

    #bar(interval, percent) {
        const lane = Math.max(0, STATUSES.indexOf(interval.status));
        // The shortest is still to be seen.
        const width = Math.max(0.2, percent(interval.to) - percent(interval.from));
        return svg`<rect class=${interval.status} x="${percent(interval.from)}%" y="${lane * LANE + 0.2}rem" width="${width}%" height="${LANE - 0.4}rem">
            <title>${[this.#span(interval), statusWord(interval.status), this.#because(interval)].filter(Boolean).join('\n')}</title>
        </rect>`;
    }

    /** In the viewer's zone, and in the agent's own where that is another. */
    #span({ from, to }) {
        const within = (zone) => fill(texts.directory.day.span, { from: timeToTheSecond(from, zone), to: timeToTheSecond(to, zone) });
        const here = within(viewerZone);
        return this.zone && this.zone !== viewerZone
            ? `${here}\n${fill(texts.times.atTheAgent, { time: `${within(this.zone)} (${this.zone})` })}`
            : here;
    }

    #because({ profile, reasons }) {
        const name = this.profiles.find(({ id }) => id === profile)?.name ?? profile;
        return [name, reasons.length > 0 ? reasonsInWords(reasons) : ''].filter(Boolean).join(': ');
    }

    /** How long each status was, in milliseconds. */
    #totals() {
        const totals = new Map();
        for (const { status, milliseconds } of this.intervals) {
            totals.set(status, (totals.get(status) ?? 0) + milliseconds);
        }
        return totals;
    }

    #inWords(totals) {
        const { picture, total } = texts.directory.day;
        const each = [...totals].map(([status, milliseconds]) =>
            fill(total, { status: statusWord(status), duration: durationWords(milliseconds) }),
        );
        return fill(picture, { name: this.name, day: date(beginningOf(this.#dayRead)), totals: listed(each) });
    }

    #table() {
        const { table, from, lasted, because, cause } = texts.directory.day;
        return html`<details>
            <summary>${table}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=${table}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">${from}</th>
                            <th scope="col">${lasted}</th>
                            <th scope="col">${texts.directory.columns.status}</th>
                            <th scope="col">${because}</th>
                            <th scope="col">${cause}</th>
                        </tr>
                    </thead>
                    <tbody>
                        ${this.intervals.map(
                            (interval) => html`<tr>
                                <td class="number" title=${wholeTime(interval.from, this.zone)}>${timeToTheSecond(interval.from)}</td>
                                <td class="number">${durationWords(interval.milliseconds)}</td>
                                <td>${statusWord(interval.status)}</td>
                                <td>${this.#because(interval)}</td>
                                <td>${texts.causes[interval.cause] ?? nothing}</td>
                            </tr>`,
                        )}
                    </tbody>
                </table>
            </div>
        </details>`;
    }
}

customElements.define('day-strip', DayStrip);
