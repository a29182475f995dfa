import { html, LitElement, nothing, svg } from 'lit';
import { path, pages } from '../common/api.js';
import { clock } from '../common/clock.js';
import { beginningOf, dayOf, hoursWithin } from '../common/days.js';
import { fill, listed, texts } from '../common/texts.js';
import { date, durationWords, millis, timeOfDay, timeToTheSecond } from '../common/times.js';
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

/**
 * What an agent was on a day, as a picture with a lane for each status, and as a table:
 * `<day-strip agent="anna" name="Anna" version="7">`. A new version has today read again.
 */
export class DayStrip extends LitElement {
    static properties = {
        agent: { type: String },
        name: { type: String },
        version: { type: Number },
        profiles: { attribute: false },
        day: { state: true },
        intervals: { state: true },
        problem: { state: true },
    };

    static styles = [words, tables, days, picture];

    #timer = 0;

    constructor() {
        super();
        this.day = dayOf(clock.now());
        this.profiles = [];
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        clearTimeout(this.#timer);
    }

    willUpdate(changed) {
        if (changed.has('agent') || changed.has('day')) {
            this.intervals = undefined;
            this.problem = undefined;
            this.#readIn(0);
        } else if (changed.has('version') && this.day === dayOf(clock.now())) {
            this.#readIn(REST);
        }
    }

    #readIn(milliseconds) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#read(), milliseconds);
    }

    async #read() {
        const { agent, day } = this;
        const intervals = [];
        let problem;
        try {
            const period = { from: new Date(beginningOf(day)).toISOString(), to: new Date(beginningOf(day, 1)).toISOString(), limit: 1000 };
            for await (const some of pages(path`/v1/agents/${agent}/intervals`, 'intervals', period)) {
                intervals.push(...some);
                if (intervals.length >= MOST) {
                    break;
                }
            }
        } catch (found) {
            problem = found;
        }
        // Meanwhile somebody else or another day may have been chosen.
        if (agent === this.agent && day === this.day) {
            this.intervals = intervals;
            this.problem = problem;
        }
    }

    render() {
        return html`<div class="head">
                <h3>${texts.directory.day.title}</h3>
                <day-picker .day=${this.day} @chosen=${(event) => (this.day = event.detail)}></day-picker>
            </div>
            <div class="body" aria-live="polite" aria-busy=${!this.intervals}>${this.#body()}</div>`;
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
        const from = beginningOf(this.day);
        const to = beginningOf(this.day, 1);
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

    #span({ from, to }) {
        return fill(texts.directory.day.span, { from: timeToTheSecond(from), to: timeToTheSecond(to) });
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
        return fill(picture, { name: this.name, day: date(beginningOf(this.day)), totals: listed(each) });
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
                                <td class="number">${timeToTheSecond(interval.from)}</td>
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
