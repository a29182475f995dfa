import { html, LitElement, svg } from 'lit';
import { get, query } from '../common/api.js';
import { clock } from '../common/clock.js';
import { beginningOf, dayOf, hoursWithin } from '../common/days.js';
import { fill, texts } from '../common/texts.js';
import { date, durationText, millis, timeOfDay } from '../common/times.js';
import { STATUSES, statusWord } from '../common/words.js';
import '../elements/day-picker.js';
import '../elements/problem-note.js';
import { cards, days, tables, words } from '../elements/styles.js';
import { AskedAgain } from './asked-again.js';
import { chart } from './chart-styles.js';

/** How long a slice is, in milliseconds, and how often the chart is drawn anew. */
const SLICE = 30 * 60_000;
const AGAIN = 60_000;
/** Who is signed in, from the bottom up; offline is only in the table. */
const STACKED = ['BUSY', 'FREE', 'AWAY'];

/** How many agents were what over a day, slice by slice, as a stacked chart and as a table. `fixed` has no controls. */
export class DayChart extends LitElement {
    static properties = {
        fixed: { type: Boolean, reflect: true },
        /** The day that was chosen; empty for today, also when that becomes another one. */
        day: { state: true },
    };

    static styles = [words, cards, tables, days, chart];

    #report = new AskedAgain(this, () => this.#ask(), { soonest: AGAIN, latest: AGAIN });

    constructor() {
        super();
        this.day = '';
    }

    get #shown() {
        return this.day || dayOf(clock.now());
    }

    #ask() {
        const day = this.#shown;
        const period = { from: new Date(beginningOf(day)).toISOString(), to: new Date(beginningOf(day, 1)).toISOString() };
        return get('/v1/reports/time-in-state' + query({ by: 'time', every: durationText(SLICE), ...period }));
    }

    #choose(day) {
        this.day = day === dayOf(clock.now()) ? '' : day;
        this.#report.anew();
    }

    render() {
        return html`<section class="card">
            <div class="head">
                <h2>${texts.board.chart.title}</h2>
                <ul class="legend">
                    ${STACKED.map(
                        (status) => html`<li><svg class="key" aria-hidden="true">${this.#patterns()}${this.#filled(status, { x: 0, y: 0, width: '100%', height: '100%' })}</svg>${statusWord(status)}</li>`,
                    )}
                </ul>
                ${this.fixed ? '' : html`<day-picker .day=${this.#shown} @chosen=${(event) => this.#choose(event.detail)}></day-picker>`}
            </div>
            <div class="body">${this.#body()}</div>
        </section>`;
    }

    #body() {
        const { answer, problem } = this.#report;
        if (problem && !answer) {
            return problem.code === 'NO_HISTORY'
                ? html`<p class="quiet">${problem.message}</p>`
                : html`<problem-note .problem=${problem} retry @retry=${() => this.#report.anew()}></problem-note>`;
        }
        if (!answer) {
            return html`<p class="quiet">${texts.board.chart.loading}</p>`;
        }
        const slices = slicesOf(answer);
        return slices.length === 0 ? html`<p class="quiet">${texts.board.chart.nothing}</p>` : html`${this.#picture(slices)} ${this.fixed ? '' : this.#table(slices)}`;
    }

    #picture(slices) {
        const day = dayOf(slices[0].from);
        const [from, to] = [beginningOf(day), beginningOf(day, 1)];
        const sums = slices.map(({ agents }) => STACKED.reduce((sum, status) => sum + agents[status], 0));
        const most = Math.max(...sums);
        const top = ceiling(most);
        const x = (instant) => ((instant - from) / (to - from)) * 100;
        const busiest = slices[sums.indexOf(most)];
        const said = { day: date(from), most: shortly(most), from: timeOfDay(busiest.from) };
        return html`<div class="picture">
            <div class="scale number small quiet" aria-hidden="true"><span>${top}</span><span>${top / 2}</span><span>0</span></div>
            <svg class="chart" role="img" aria-label=${fill(texts.board.chart.picture, said)}>
                ${this.#patterns()}
                ${[0, 50].map((y) => svg`<line class="line" x1="0" x2="100%" y1="${y}%" y2="${y}%" />`)}
                ${slices.map((slice) => this.#column(slice, x, top))}
            </svg>
            <svg class="hours" aria-hidden="true">
                ${hoursWithin(from, to, 3).map((hour) => svg`<text x="${x(hour)}%" y="1em">${timeOfDay(hour)}</text>`)}
            </svg>
        </div>`;
    }

    #column(slice, x, top) {
        let below = 0;
        const said = [fill(texts.board.chart.slice, { from: timeOfDay(slice.from), to: timeOfDay(slice.to) }), ...this.#averages(slice)];
        return svg`<g>
            <title>${said.join('\n')}</title>
            ${STACKED.map((status) => {
                const height = (slice.agents[status] / top) * 100;
                below += height;
                return this.#filled(status, {
                    x: x(slice.from) + 0.1 + '%',
                    y: 100 - below + '%',
                    width: Math.max(0.2, x(slice.to) - x(slice.from) - 0.2) + '%',
                    height: height + '%',
                });
            })}
        </g>`;
    }

    #averages({ agents }) {
        return STACKED.map((status) => fill(texts.board.chart.average, { status: statusWord(status), n: shortly(agents[status]) }));
    }

    /** A colour, and stripes or dots for who cannot tell them apart. */
    #filled(status, { x, y, width, height }) {
        return svg`<rect class=${status} x=${x} y=${y} width=${width} height=${height} />
            <rect fill="url(#pattern-${status})" x=${x} y=${y} width=${width} height=${height} />`;
    }

    #patterns() {
        return svg`<defs>
            <pattern id="pattern-AWAY" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="mark" width="2.5" height="6" />
            </pattern>
            <pattern id="pattern-BUSY" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="mark" width="2" height="2" /></pattern>
            <pattern id="pattern-FREE" width="5" height="5" patternUnits="userSpaceOnUse"></pattern>
        </defs>`;
    }

    #table(slices) {
        const { table, time } = texts.board.chart;
        return html`<details>
            <summary>${table}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=${table}>
                <table>
                    <caption class="unseen">
                        ${texts.board.chart.agents}
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col">${time}</th>
                            ${STATUSES.map((status) => html`<th scope="col">${statusWord(status)}</th>`)}
                        </tr>
                    </thead>
                    <tbody>
                        ${slices.map(
                            ({ from, agents }) => html`<tr>
                                <th scope="row" class="number">${timeOfDay(from)}</th>
                                ${STATUSES.map((status) => html`<td class="number">${shortly(agents[status])}</td>`)}
                            </tr>`,
                        )}
                    </tbody>
                </table>
            </div>
        </details>`;
    }
}

customElements.define('day-chart', DayChart);

/** The slices of a report that something is known of, each with how many agents were what on average. */
function slicesOf({ to, historyFrom, rows }) {
    const begun = historyFrom ? millis(historyFrom) : -Infinity;
    return rows
        .map((row) => {
            const from = Math.max(millis(row.time), begun);
            const end = Math.min(millis(row.time) + SLICE, millis(to));
            const agents = Object.fromEntries(STATUSES.map((status) => [status, row.statuses[status] / (end - from)]));
            return { from, to: end, agents };
        })
        .filter(({ from, to: end }) => end > from);
}

/** The round number from which on up a chart has room for all. */
function ceiling(most) {
    const unit = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
    return unit * [2, 4, 6, 10].find((times) => times * unit >= most);
}

/** One decimal at most. */
const shortly = (number) => number.toLocaleString(texts.locale, { maximumFractionDigits: 1 });
