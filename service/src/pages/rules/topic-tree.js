import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { plural, texts } from '../common/texts.js';
import { controls, words } from '../elements/styles.js';
import { checks } from './checks.js';
import { Following, studio, topicOf } from './studio.js';

/** The folders and in each the files of rules: `<topic-tree topic="status/status">`. Fires `topic`, whose detail is the chosen one. */
export class TopicTree extends LitElement {
    static properties = { topic: { type: String } };

    static styles = [
        words,
        controls,
        css`
            h2 {
                display: flex;
                align-items: center;
                gap: var(--gap-2);
                margin: var(--gap-3) 0 var(--gap-1);
                color: var(--quiet);
                font-size: var(--small);
                font-weight: 600;
            }

            li:first-child > h2 {
                margin-top: 0;
            }

            h2 .icon {
                width: 1rem;
                height: 1rem;
            }

            button {
                justify-content: flex-start;
                width: 100%;
                min-height: 1.75rem;
                padding-left: var(--gap-4);
                font-weight: 400;
                text-align: left;
            }

            button[aria-current] {
                background: var(--accent-soft);
                font-weight: 600;
            }

            .name {
                flex: 1;
                overflow-wrap: anywhere;
            }

            .mark {
                display: inline-flex;
                align-items: center;
                gap: 2px;
                font-size: var(--small);
            }

            .mark .icon {
                width: 0.9rem;
                height: 0.9rem;
            }

            .changed {
                color: var(--accent);
            }

            .faulty {
                color: var(--bad);
            }
        `,
    ];

    constructor() {
        super();
        new Following(this, studio);
        new Following(this, checks);
    }

    render() {
        const folders = Map.groupBy(studio.topics, (topic) => topic.slice(0, topic.lastIndexOf('/')));
        const changed = new Set(studio.changedFiles.map(topicOf));
        const faults = Map.groupBy(checks.faults, ({ file }) => topicOf(file));
        return html`<nav aria-label=${texts.rules.topics}>
            <ul>
                ${[...folders].map(
                    ([folder, topics]) =>
                        html`<li>
                            <h2>${icon('folder')}${folder}</h2>
                            <ul>
                                ${topics.map((topic) => this.#topic(topic, changed.has(topic), faults.get(topic)?.length ?? 0))}
                            </ul>
                        </li>`,
                )}
            </ul>
        </nav>`;
    }

    #topic(topic, changed, faults) {
        return html`<li>
            <button
                class="plain"
                aria-current=${topic === this.topic ? 'true' : nothing}
                @click=${() => this.dispatchEvent(new CustomEvent('topic', { detail: topic }))}
            >
                <span class="name">${topic.slice(topic.lastIndexOf('/') + 1)}</span>
                ${changed
                    ? html`<span class="mark changed" title=${texts.rules.topicChanged}
                          >${icon('pencil')}<span class="unseen">${texts.rules.topicChanged}</span></span
                      >`
                    : nothing}
                ${faults > 0
                    ? html`<span class="mark faulty" title=${plural(faults, texts.rules.problemsFound)}
                          >${icon('circle-x')}<span aria-hidden="true" class="number">${faults}</span
                          ><span class="unseen">${plural(faults, texts.rules.problemsFound)}</span></span
                      >`
                    : nothing}
            </button>
        </li>`;
    }
}

customElements.define('topic-tree', TopicTree);
