import { html, LitElement, nothing } from 'lit';
import { get } from '../common/api.js';
import { Definitions } from '../common/definitions.js';
import { icon } from '../common/icons.js';
import { Live } from '../common/live.js';
import { texts } from '../common/texts.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import { hasOneOf, Myself } from '../shell/session.js';
import { AskedAgain } from './asked-again.js';
import './attention-list.js';
import { board } from './board-styles.js';
import './change-many.js';
import { countedFrom } from './counts.js';
import './day-chart.js';
import './queue-staffing.js';
import './status-tiles.js';
import './wall-clock.js';
import { Wall } from './wall.js';

/** Times in milliseconds: a list of needs is asked for no more often, and no less often, than this. */
const TIMES = { soonest: 1_000, latest: 5_000 };
/** The most queues that are shown. */
const MOST_QUEUES = 1000;

/** The contact centre at a glance: numbers from the stream, at once; what only the service can say, a second after a change. */
export class BoardPage extends LitElement {
    static properties = {
        counts: { state: true },
        problem: { state: true },
    };

    static styles = [words, controls, board];

    #live = new Live();
    #definitions = new Definitions(this, this.#live);
    #myself = new Myself(this);
    #wall = new Wall(this);
    #summary = new AskedAgain(this, () => get(`/v1/summary?limit=${MOST_QUEUES}`), TIMES);
    #attention = new AskedAgain(this, () => get('/v1/attention?limit=20'), TIMES);

    constructor() {
        super();
        this.#live.addEventListener('change', () => {
            this.counts = this.#live.complete ? countedFrom(this.#live.agents) : undefined;
            this.#summary.wanted();
            this.#attention.wanted();
        });
        this.#live.addEventListener('message', ({ detail: { kind } }) => kind === 'DEFINITIONS_CHANGED' && this.#summary.wanted());
        this.#live.addEventListener('heard', () => (this.problem = undefined));
        this.#live.addEventListener('refused', () => (this.problem = this.#live.problem));
    }

    connectedCallback() {
        super.connectedCallback();
        this.#live.open();
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#live.close();
    }

    render() {
        const wall = this.#wall.on;
        const acts = !wall && this.#myself.me && hasOneOf(this.#myself.me, ['SUPERVISOR', 'ADMIN']);
        const problem = this.problem ?? this.#summary.problem ?? this.#attention.problem;
        const numbers = this.counts && this.#summary.answer && (this.#attention.answer ?? problem);
        return html`<div class="title">
                <h1>${texts.shell.titles.board}</h1>
                ${wall ? html`<wall-clock></wall-clock>` : this.#controls(acts)}
            </div>
            ${problem ? html`<problem-note .problem=${problem}></problem-note>` : nothing}
            ${numbers ? this.#numbers(wall, acts) : nothing}
            <day-chart ?fixed=${wall} ?hidden=${!numbers && !problem}></day-chart>
            ${acts
                ? html`<change-many
                      .profiles=${this.#definitions.profiles}
                      .queues=${this.#definitions.queues}
                      .agents=${this.#live.agents}
                  ></change-many>`
                : nothing}`;
    }

    #controls(acts) {
        return html`<span class="buttons">
            ${acts
                ? html`<button @click=${() => this.renderRoot.querySelector('change-many').show()}>${icon('users')}${texts.board.change}</button>`
                : nothing}
            <button title=${texts.board.wallHint} @click=${() => this.#wall.enter()}>${icon('monitor')}${texts.board.wall}</button>
        </span>`;
    }

    #numbers(wall, acts) {
        const summary = this.#summary.answer;
        return html`<status-tiles .counts=${this.counts} .orphaned=${summary.conversations.ORPHANED}></status-tiles>
            <div class="columns">
                <queue-staffing
                    .counts=${this.counts}
                    .staffing=${this.#live.staffing}
                    .queues=${summary.queues}
                    ?fixed=${wall}
                ></queue-staffing>
                <attention-list
                    .list=${this.#attention.answer}
                    .agents=${this.#live.agents}
                    .profiles=${this.#definitions.profiles}
                    .queueNames=${this.#definitions.queueNames}
                    ?fixed=${wall}
                    ?acts=${acts}
                ></attention-list>
            </div>`;
    }
}

customElements.define('board-page', BoardPage);
