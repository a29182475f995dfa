import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import '../elements/confirm-dialog.js';
import { controls, words } from '../elements/styles.js';
import { studio } from './studio.js';

const PATH = /^[a-z][a-z0-9_]{0,59}\/[a-z0-9][a-z0-9-]{0,99}$/;

/** Adds a file of rules and its examples, both empty but for a first line. Fires `topic`, whose detail is the new one. */
export class NewTopic extends LitElement {
    static properties = { wrong: { state: true } };

    static styles = [
        words,
        controls,
        css`
            button.plain {
                width: 100%;
                justify-content: flex-start;
            }

            .wrong {
                color: var(--bad);
            }

            label {
                width: 100%;
                margin-top: var(--gap-3);
            }
        `,
    ];

    #show() {
        this.wrong = '';
        this.renderRoot.querySelector('input').value = '';
        this.renderRoot.querySelector('confirm-dialog').show();
    }

    #hide() {
        this.renderRoot.querySelector('confirm-dialog').hide();
    }

    #add(event) {
        event.preventDefault();
        const input = this.renderRoot.querySelector('input');
        const topic = input.value.trim();
        this.wrong = !PATH.test(topic) ? texts.rules.topicPathWrong : studio.topics.includes(topic) ? texts.rules.topicThere : '';
        if (this.wrong) {
            input.focus();
            return;
        }
        studio.replace(
            new Map([
                [`${topic}.drl`, `/* ${texts.rules.newRules} */\n`],
                [`${topic}.scenarios.yml`, `# ${texts.rules.newExamples}\n`],
            ]),
        );
        this.#hide();
        this.dispatchEvent(new CustomEvent('topic', { detail: topic }));
    }

    render() {
        return html`<button class="plain" @click=${this.#show}>${icon('plus')}${texts.rules.addTopic}</button>
            <confirm-dialog .heading=${texts.rules.addTopicTitle}>
                <form id="form" @submit=${this.#add}>
                    <p>${texts.rules.addTopicText}</p>
                    <label>
                        ${texts.rules.topicPath}
                        <input
                            autocomplete="off"
                            spellcheck="false"
                            aria-describedby="hint"
                            aria-invalid=${this.wrong ? 'true' : nothing}
                        />
                    </label>
                    <p id="hint" class="small ${this.wrong ? 'wrong' : 'quiet'}" role="status">${this.wrong || texts.rules.topicPathHint}</p>
                </form>
                <button slot="actions" @click=${this.#hide}>${texts.shell.cancel}</button>
                <button slot="actions" class="main" @click=${this.#add}>${texts.rules.add}</button>
            </confirm-dialog>`;
    }
}

customElements.define('new-topic', NewTopic);
