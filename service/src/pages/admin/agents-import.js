import { css, html, LitElement, nothing } from 'lit';
import { request } from '../common/api.js';
import { icon } from '../common/icons.js';
import { fill, plural, texts } from '../common/texts.js';
import '../elements/problem-note.js';
import { cards, controls, words } from '../elements/styles.js';
import { sections } from './sections.js';

/** How many lines go in one request: enough to be fast, few enough for the bar to move. */
const BATCH = 250;
/** How many refusals are listed. */
const MOST = 100;

/**
 * Many agents at once: a line of JSON for each, as PUT /v1/agents takes it with its id, or a command of the API. What is
 * refused is shown with its line, and nothing of it keeps the others from going in. Fires `imported` when it is done.
 */
export class AgentsImport extends LitElement {
    static properties = {
        lines: { state: true },
        done: { state: true },
        counts: { state: true },
        refusals: { state: true },
        problem: { state: true },
    };

    static styles = [
        words,
        controls,
        cards,
        sections,
        css`
            summary {
                min-height: var(--target);
                cursor: pointer;
                font-weight: 600;
            }

            textarea {
                width: 100%;
                min-height: 8rem;
                font: var(--small) / 1.4 var(--font-code);
            }

            label {
                display: grid;
            }

            progress {
                width: 100%;
                height: 0.75rem;
                accent-color: var(--accent);
            }
        `,
    ];

    #stop = new AbortController();

    constructor() {
        super();
        this.#empty();
    }

    #empty() {
        this.lines = null;
        this.done = 0;
        this.counts = { APPLIED: 0, UNCHANGED: 0, REFUSED: 0 };
        this.refusals = [];
        this.problem = null;
    }

    async #choose(event) {
        const [file] = event.target.files;
        if (file) {
            this.renderRoot.querySelector('textarea').value = await file.text();
        }
    }

    async #start(event) {
        event.preventDefault();
        const typed = this.renderRoot.querySelector('textarea').value.split('\n');
        const lines = typed.map((text, index) => ({ number: index + 1, text: text.trim() })).filter(({ text }) => text !== '');
        this.#empty();
        this.lines = lines;
        this.#stop = new AbortController();
        try {
            for (let from = 0; from < lines.length; from += BATCH) {
                await this.#send(lines.slice(from, from + BATCH));
            }
        } catch (problem) {
            this.problem = this.#stop.signal.aborted ? null : problem;
        }
        const whole = this.done === lines.length;
        this.lines = null;
        this.finished = whole ? texts.admin.agents.importDone : texts.admin.agents.importStopped;
        this.dispatchEvent(new Event('imported'));
    }

    async #send(batch) {
        const answer = await request('POST', '/v1/commands', {
            body: batch.map(({ text }) => asCommand(text)).join('\n') + '\n',
            headers: { 'Content-Type': 'application/x-ndjson' },
            signal: this.#stop.signal,
            raw: true,
        });
        const counts = { ...this.counts };
        const refusals = [...this.refusals];
        for (const line of answer.trim().split('\n')) {
            const { line: number, outcome, code, detail } = JSON.parse(line);
            counts[outcome]++;
            if (outcome === 'REFUSED' && refusals.length < MOST) {
                refusals.push({ number: batch[number - 1].number, code, detail });
            }
        }
        this.counts = counts;
        this.refusals = refusals;
        this.done += batch.length;
    }

    render() {
        const say = texts.admin.agents;
        return html`<details class="card">
            <summary>${say.import}</summary>
            <form @submit=${this.#start}>
                <p class="quiet small">${say.importHint}</p>
                <label>
                    ${say.importFile}
                    <input type="file" accept=".ndjson,.jsonl,.json,.txt" @change=${this.#choose} />
                </label>
                <label>
                    ${say.importLines}
                    <textarea spellcheck="false" placeholder=${say.importExample}></textarea>
                </label>
                <div class="actions">
                    <button class="main" ?disabled=${this.lines !== null}>${icon('play')} ${say.importStart}</button>
                    ${this.lines ? html`<button type="button" @click=${() => this.#stop.abort()}>${say.importStop}</button>` : nothing}
                </div>
                <problem-note .problem=${this.problem}></problem-note>
                ${this.lines
                    ? html`<progress aria-label=${say.import} max=${this.lines.length} .value=${this.done}></progress>
                          <p class="number">${fill(say.importProgress, { done: this.done, all: this.lines.length })}</p>`
                    : nothing}
                <div role="status">
                    ${!this.lines && this.finished
                        ? html`<p>${this.finished} ${fill(say.importCounts, this.counts)}</p>`
                        : nothing}
                </div>
                ${this.refusals.length > 0 ? this.#refusals() : nothing}
            </form>
        </details>`;
    }

    #refusals() {
        const left = this.counts.REFUSED - this.refusals.length;
        return html`<div class="scroll" role="region" aria-label=${texts.admin.agents.refusals} tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">${texts.admin.agents.line}</th>
                            <th scope="col">${texts.admin.agents.refusal}</th>
                        </tr>
                    </thead>
                    <tbody>
                        ${this.refusals.map(
                            ({ number, code, detail }) => html`<tr>
                                <th scope="row" class="number">${number}</th>
                                <td>${detail} <code>${code}</code></td>
                            </tr>`,
                        )}
                    </tbody>
                </table>
            </div>
            ${left > 0 ? html`<p class="small quiet">${plural(left, texts.admin.agents.moreRefusals)}</p>` : nothing}`;
    }
}

/** A line that says no type is an agent. What is no JSON is sent as it is, and refused with its fault. @param {string} text */
function asCommand(text) {
    try {
        const line = JSON.parse(text);
        return line && typeof line === 'object' && !('type' in line) ? JSON.stringify({ type: 'PUT_AGENT', definition: line }) : text;
    } catch {
        return text;
    }
}

customElements.define('agents-import', AgentsImport);
