import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import { ask } from '../elements/confirm-dialog.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import { checks, NONE } from './checks.js';
import './code-editor.js';
import './examples-list.js';
import './findings-list.js';
import './new-topic.js';
import { Following, studio, topicOf } from './studio.js';
import './topic-tree.js';
import { vocabulary } from './vocabulary.js';

/** Where it begins: what an agent is. */
const FIRST = 'status/status';

/** The workbench: the files on the left, rules and examples side by side, and below what is wrong with them. */
export class ChangeView extends LitElement {
    static properties = { topic: { state: true }, words: { state: true } };

    static styles = [
        words,
        controls,
        css`
            :host {
                display: grid;
                grid-template-columns: 13rem minmax(0, 1fr);
                gap: var(--gap-3) var(--gap-4);
                align-items: start;
            }

            .files {
                display: grid;
                gap: var(--gap-3);
            }

            .files > button {
                justify-content: flex-start;
            }

            .side {
                display: grid;
                grid-template-columns: repeat(2, minmax(0, 1fr));
                gap: var(--gap-3);
            }

            .part {
                display: grid;
                grid-template-rows: auto minmax(0, 1fr);
                min-width: 0;
                border: 1px solid var(--line);
                border-radius: var(--round);
                background: var(--surface);
                overflow: clip;
            }

            .part > header {
                display: flex;
                align-items: center;
                justify-content: space-between;
                gap: var(--gap-2);
                min-height: 2.75rem;
                padding: 0 var(--gap-2) 0 var(--gap-3);
                border-bottom: 1px solid var(--line);
            }

            .part h2 {
                font-size: var(--text);
                overflow-wrap: anywhere;
            }

            .edit {
                height: clamp(20rem, calc(100vh - 30rem), 60rem);
            }

            .edit:focus-within {
                border-color: var(--focus);
                box-shadow: 0 0 0 1px var(--focus);
            }

            .found {
                height: 13rem;
            }

            .scroll {
                overflow: auto;
                padding: var(--gap-1);
            }

            .scroll p {
                padding: var(--gap-2);
            }

            @media (max-width: 56rem) {
                :host,
                .side {
                    grid-template-columns: minmax(0, 1fr);
                }

                topic-tree {
                    display: block;
                    max-height: 12rem;
                    overflow: auto;
                }

                .edit {
                    height: 22rem;
                }
            }
        `,
    ];

    #next = 0;

    constructor() {
        super();
        new Following(this, studio);
        new Following(this, checks);
        this.topic = FIRST;
        vocabulary().then(
            (words) => (this.words = words),
            () => {}, // An editor that completes nothing is an editor still.
        );
    }

    willUpdate() {
        if (!studio.topics.includes(this.topic)) {
            this.topic = studio.topics[0] ?? FIRST;
        }
    }

    /** Shows a place of a file. @param {{file: string, line?: number, column?: number}} place */
    async go({ file, line = 1, column = 1 }) {
        this.topic = topicOf(file);
        await this.updateComplete;
        const editor = [...this.renderRoot.querySelectorAll('code-editor')].find(({ path }) => path === file);
        await editor?.goTo(line, column);
    }

    /** Shows the next problem; after the last comes the first. */
    nextProblem() {
        const { faults } = checks;
        if (faults.length > 0) {
            this.#next %= faults.length;
            this.go(faults[this.#next++]);
        }
    }

    async #removeTopic() {
        const { topic } = this;
        const question = { title: fill(texts.rules.removeTopicAsk, { topic }), text: texts.rules.removeTopicText, yes: texts.rules.remove, danger: true };
        if (await ask(question)) {
            studio.replace(new Map([...studio.files.keys()].filter((path) => topicOf(path) === topic).map((path) => [path, null])));
        }
    }

    render() {
        const rules = `${this.topic}.drl`;
        const examples = `${this.topic}.scenarios.yml`;
        return html`<div class="files">
                <topic-tree .topic=${this.topic} @topic=${({ detail }) => (this.topic = detail)}></topic-tree>
                ${studio.mayEdit
                    ? html`<new-topic @topic=${({ detail }) => this.go({ file: `${detail}.drl`, line: Infinity })}></new-topic>
                          <button class="plain" @click=${this.#removeTopic}>
                              ${icon('trash-2')}${fill(texts.rules.removeTopic, { topic: this.topic.split('/').at(-1) })}
                          </button>`
                    : nothing}
            </div>
            <div class="files">
                <div class="side">${this.#editor(rules, texts.rules.rulesOf)} ${this.#editor(examples, texts.rules.examplesOf)}</div>
                ${studio.mayEdit ? html`<div class="side">${this.#problems()} ${this.#examples(examples)}</div>` : nothing}
            </div>`;
    }

    #editor(path, label) {
        const name = fill(label, { path });
        return html`<section class="part edit" aria-label=${name}>
            <header><h2>${name}</h2></header>
            ${studio.files.has(path)
                ? html`<code-editor
                      .path=${path}
                      .text=${studio.files.get(path)}
                      .label=${name}
                      .readonly=${!studio.mayEdit}
                      .faults=${this.#of(path, checks.faults)}
                      .examples=${this.#of(path, checks.examples)}
                      .stale=${!checks.holds(checks.run)}
                      .vocabulary=${this.words}
                      .rules=${studio.files.get(`${this.topic}.drl`) ?? ''}
                      @edited=${({ detail }) => studio.edit(path, detail)}
                  ></code-editor>`
                : html`<p class="scroll quiet">${texts.rules.noFile}</p>`}
        </section>`;
    }

    /** What of a list is about a file; the same list as before as long as that is the same, so that editors need not look again. */
    #of(path, all) {
        if (!this.#sorted.has(all)) {
            this.#sorted.set(all, Map.groupBy(all, ({ file }) => file));
        }
        return this.#sorted.get(all).get(path) ?? NONE;
    }

    /** Lists by file, for each list. @type {WeakMap<any[], Map<string, any[]>>} */
    #sorted = new WeakMap();

    #problems() {
        const { faults, lint } = checks;
        return html`<section class="part found" aria-label=${texts.rules.problems}>
            <header>
                <h2>${texts.rules.problems} <span class="number">(${faults.length})</span></h2>
                <span class="quiet small" role="status">${checks.holds(lint) ? '' : texts.rules.readingStale}</span>
            </header>
            <div class="scroll">
                ${faults.length > 0
                    ? html`<findings-list .faults=${faults} @go=${({ detail }) => this.go(detail)}></findings-list>`
                    : html`<p class="quiet">${texts.rules.noProblems}</p>`}
            </div>
        </section>`;
    }

    #examples(path) {
        const { run, examples, running } = checks;
        const all = run?.report;
        return html`<section class="part found" aria-label=${texts.rules.examples}>
            <header>
                <h2>
                    ${texts.rules.examples}
                    ${all && all.rules > 0
                        ? html`<span class="number">(${fill(texts.rules.examplesPassed, { passed: all.passed, all: all.scenarios })})</span>`
                        : nothing}
                </h2>
                <button ?disabled=${running !== ''} aria-busy=${running !== ''} @click=${() => checks.make('EXAMPLES')}>
                    ${icon('play')}${running ? texts.rules.runningExamples : texts.rules.runExamples}
                </button>
            </header>
            <div class="scroll">
                <problem-note .problem=${checks.problem}></problem-note>
                ${run && !checks.holds(run) ? html`<p class="quiet">${texts.rules.outcomesStale}</p>` : nothing}
                ${run
                    ? html`<examples-list
                          .examples=${this.#of(path, examples)}
                          @go=${({ detail }) => this.go(detail)}
                      ></examples-list>`
                    : html`<p class="quiet">${texts.rules.notRun}</p>`}
            </div>
        </section>`;
    }
}

customElements.define('change-view', ChangeView);
