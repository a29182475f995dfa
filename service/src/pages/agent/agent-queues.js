import { css, html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import { KeptFocus } from '../elements/kept-focus.js';
import { cards, controls, words } from '../elements/styles.js';
import { give, joinQueue, leaveQueue } from './commands.js';

/** The queues joined, to leave; and others, to join. */
export class AgentQueues extends LitElement {
    static properties = {
        presence: { attribute: false },
        pending: { attribute: false },
        catalogue: { attribute: false },
        wrong: { state: true },
    };

    static styles = [
        words,
        controls,
        cards,
        css`
            ul {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2);
                min-height: var(--target);
            }

            li {
                display: inline-flex;
                align-items: center;
                max-width: 100%;
                padding-left: var(--gap-3);
                border: 1px solid var(--line);
                border-radius: var(--round);
                overflow-wrap: anywhere;
            }

            li button {
                padding: 0;
            }

            form {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2);
                align-items: end;
                margin-top: var(--gap-3);
            }

            label {
                flex: 1 1 10rem;
            }

            .wrong {
                min-height: 1.45em;
                color: var(--bad);
            }
        `,
    ];

    constructor() {
        super();
        new KeptFocus(this);
    }

    /** By the name or the id. */
    #join(event) {
        event.preventDefault();
        const input = this.renderRoot.querySelector('input');
        const typed = input.value.trim();
        const sought = typed.toLowerCase();
        const queue = [...this.catalogue.queues.values()].find(({ id, name }) => name.toLowerCase() === sought || id.toLowerCase() === sought);
        this.wrong = typed === '' || queue ? '' : fill(texts.agent.noSuchQueue, { queue: typed });
        if (queue) {
            give(this, joinQueue(this.presence.agent, queue.id));
            input.value = '';
        }
    }

    render() {
        const { presence, catalogue, pending } = this;
        const others = [...catalogue.queues.values()].filter(({ id }) => !presence.queues.includes(id));
        return html`<section class="card">
            <h2 tabindex="-1">${texts.agent.queues}</h2>
            ${presence.queues.length === 0
                ? html`<p class="quiet">${texts.agent.noQueues}</p>`
                : html`<ul aria-label=${texts.agent.queues}>
                      ${repeat(
                          presence.queues,
                          (queue) => queue,
                          (queue) => this.#queue(queue, catalogue.queueName(queue), pending),
                      )}
                  </ul>`}
            <form novalidate @submit=${this.#join}>
                <label>
                    ${texts.agent.joinQueue}
                    <input list="others" autocomplete="off" aria-describedby="wrong" aria-invalid=${Boolean(this.wrong)} />
                </label>
                <datalist id="others">${others.map(({ name }) => html`<option value=${name}></option>`)}</datalist>
                <button>${texts.agent.join}</button>
            </form>
            <p id="wrong" class="wrong small" role="status">${this.wrong || nothing}</p>
        </section>`;
    }

    #queue(queue, name, pending) {
        const leave = fill(texts.agent.leave, { queue: name });
        return html`<li>
            <span>${name}</span>
            <button
                class="plain"
                title=${leave}
                aria-label=${leave}
                aria-busy=${pending.has(`queue ${queue}`)}
                @click=${() => give(this, leaveQueue(this.presence.agent, queue))}
            >
                ${icon('x')}
            </button>
        </li>`;
    }
}

customElements.define('agent-queues', AgentQueues);
