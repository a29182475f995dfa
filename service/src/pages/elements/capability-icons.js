import { css, html, LitElement } from 'lit';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import { CAPABILITIES, capabilityIcon, capabilityOf, capabilityWord, reasonsInWords } from '../common/words.js';
import { words } from './styles.js';

/**
 * What an agent can do and could be given now: `<capability-icons .agent=${presence}>`. One that the agent does not have is
 * not drawn unless there is `all`. A tick says that it could be given a conversation, a bar through it that it could not; the
 * reasons, by capability, come from an explanation, and stand on hover and for who listens: `.reasons=${{ PHONE: [...] }}`.
 */
export class CapabilityIcons extends LitElement {
    static properties = {
        agent: { attribute: false },
        reasons: { attribute: false },
        all: { type: Boolean },
        labels: { type: Boolean, reflect: true },
    };

    static styles = [
        words,
        css`
            ul {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2);
            }

            :host([labels]) ul {
                display: grid;
                grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr));
            }

            li {
                display: flex;
                align-items: center;
                gap: var(--gap-2);
            }

            .sign {
                position: relative;
                display: grid;
                place-items: center;
                flex: none;
                width: 1.75rem;
                height: 1.75rem;
                border: 1px solid currentColor;
                border-radius: var(--round);
                color: var(--offline);
            }

            .sign .icon {
                width: 1.05rem;
                height: 1.05rem;
            }

            .open .sign {
                color: var(--free);
                background: var(--good-soft);
            }

            .full .sign {
                color: var(--busy);
            }

            .none .sign {
                border-style: dashed;
                opacity: 0.75;
            }

            .mark {
                position: absolute;
                right: -0.35rem;
                bottom: -0.35rem;
                display: grid;
                place-items: center;
                width: 0.9rem;
                height: 0.9rem;
                border-radius: 50%;
                background: var(--surface);
                color: inherit;
            }

            .mark .icon {
                width: 0.8rem;
                height: 0.8rem;
                stroke-width: 3;
            }
        `,
    ];

    /** @returns {{capability: string, state: 'open' | 'full' | 'shut' | 'none', text: string}[]} */
    #states() {
        const agent = this.agent;
        const has = new Set(agent.capabilities);
        const open = new Set((agent.eligible ?? []).map(capabilityOf));
        return CAPABILITIES.filter((capability) => this.all || has.has(capability)).map((capability) => {
            const name = capabilityWord(capability);
            const reasons = this.reasons?.[capability] ?? [];
            if (!has.has(capability)) {
                return { capability, state: 'none', text: fill(texts.capabilityStates.none, { name }) };
            }
            if (open.has(capability)) {
                return { capability, state: 'open', text: fill(texts.capabilityStates.open, { name }) };
            }
            const text = reasons.length > 0 ? texts.capabilityStates.because : texts.capabilityStates.shut;
            const state = reasons.length === 1 && reasons[0] === 'AT_CAPACITY' ? 'full' : 'shut';
            return { capability, state, text: fill(text, { name, reasons: reasonsInWords(reasons) }) };
        });
    }

    render() {
        if (!this.agent) {
            return '';
        }
        const marks = { open: 'check', full: 'layers', shut: 'ban', none: 'x' };
        return html`<ul>
            ${this.#states().map(
                ({ capability, state, text }) => html`<li class=${state} title=${text} data-capability=${capability} data-state=${state}>
                    <span class="sign">${icon(capabilityIcon(capability))}<span class="mark">${icon(marks[state])}</span></span>
                    <span class=${this.labels ? 'small' : 'unseen'}>${text}</span>
                </li>`,
            )}
        </ul>`;
    }
}

customElements.define('capability-icons', CapabilityIcons);
