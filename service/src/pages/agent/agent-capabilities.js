import { html, LitElement } from 'lit';
import { texts } from '../common/texts.js';
import { capabilityOf } from '../common/words.js';
import '../elements/capability-icons.js';
import { cards, words } from '../elements/styles.js';

/** What the agent could be given now, and what is in the way of the rest. */
export class AgentCapabilities extends LitElement {
    static properties = {
        presence: { attribute: false },
        explanation: { attribute: false },
    };

    static styles = [words, cards];

    render() {
        return html`<section class="card">
            <h2>${texts.agent.capabilities}</h2>
            <capability-icons .agent=${this.presence} .reasons=${this.#reasons()} all labels></capability-icons>
        </section>`;
    }

    /** By capability; those of another version of the agent may be true no more. */
    #reasons() {
        const { presence, explanation } = this;
        const isOfNow = explanation?.version === presence.version;
        const channels = isOfNow ? explanation.eligibility.filter(({ handled, eligible }) => handled && !eligible) : [];
        return Object.fromEntries(channels.map(({ channel, reasons }) => [capabilityOf(channel), reasons]));
    }
}

customElements.define('agent-capabilities', AgentCapabilities);
