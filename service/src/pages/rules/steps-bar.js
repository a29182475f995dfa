import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { fill, plural, texts } from '../common/texts.js';
import { controls, words } from '../elements/styles.js';
import { checks } from './checks.js';
import { preview } from './preview.js';
import { Following, studio } from './studio.js';

/** @typedef {{state: 'open' | 'done' | 'bad', says: string}} Step */

/** How far each step is. @type {Record<string, () => Step>} */
const STEPS = {
    change() {
        const changed = studio.changedFiles.length;
        return changed > 0
            ? { state: 'done', says: plural(changed, texts.rules.filesChanged) }
            : { state: 'open', says: texts.rules.nothingChanged };
    },
    check() {
        if (checks.running === 'PROOF') {
            return { state: 'open', says: texts.rules.checking };
        }
        if (!checks.proof || !checks.holds(checks.proof)) {
            return { state: 'open', says: texts.rules.notYet };
        }
        const { sound, faults } = checks.proof.report;
        return sound
            ? { state: 'done', says: texts.rules.nothingFound }
            : { state: 'bad', says: plural(faults.length, texts.rules.problemsFound) };
    },
    preview() {
        if (!preview.holds) {
            return { state: 'open', says: texts.rules.notYet };
        }
        const { changed } = preview.said;
        return { state: 'done', says: changed === 0 ? texts.rules.noAgentsChange : plural(changed, texts.rules.agentsChange) };
    },
    release() {
        const made = studio.waiting;
        return made && studio.changedFiles.length === 0
            ? { state: 'done', says: fill(texts.rules.releaseName, made) }
            : { state: 'open', says: texts.rules.notYet };
    },
    activate() {
        const { waiting, active, activations, changedFiles } = studio;
        return waiting
            ? { state: 'open', says: fill(texts.rules.waits, waiting) }
            : { state: activations.length > 0 && changedFiles.length === 0 ? 'done' : 'open', says: fill(texts.rules.isActive, active) };
    },
};

/** For who reads only. */
const READING = ['change', 'activate'];

/** The way of a change, and how far it has come: `<steps-bar at="change">`. Fires `step`, whose detail is where to go. */
export class StepsBar extends LitElement {
    static properties = { at: { type: String } };

    static styles = [
        words,
        controls,
        css`
            ol {
                display: grid;
                grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
                gap: var(--gap-2);
            }

            button {
                display: grid;
                grid-template-columns: auto 1fr;
                justify-content: start;
                align-items: center;
                gap: 0 var(--gap-2);
                width: 100%;
                min-height: 3rem;
                padding: var(--gap-1) var(--gap-3);
                text-align: left;
            }

            button[aria-current] {
                border-color: var(--accent);
                box-shadow: inset 0 -3px var(--accent);
            }

            .sign {
                grid-row: span 2;
                display: grid;
                place-items: center;
                width: 1.6rem;
                height: 1.6rem;
                border: 2px solid var(--edge);
                border-radius: 50%;
                font-size: var(--small);
            }

            .sign .icon {
                width: 1rem;
                height: 1rem;
                stroke-width: 3;
            }

            .done .sign {
                border-color: var(--good);
                color: var(--good);
            }

            .bad .sign {
                border-color: var(--bad);
                color: var(--bad);
            }

            .says {
                overflow: hidden;
                color: var(--quiet);
                font-size: var(--small);
                font-weight: 400;
                text-overflow: ellipsis;
                white-space: nowrap;
            }
        `,
    ];

    constructor() {
        super();
        new Following(this, studio);
        new Following(this, checks);
        new Following(this, preview);
    }

    render() {
        const names = studio.mayEdit ? Object.keys(STEPS) : READING;
        return html`<nav aria-label=${texts.rules.steps}>
            <ol>
                ${names.map((name, index) => this.#step(name, index + 1))}
            </ol>
        </nav>`;
    }

    #step(name, number) {
        const { state, says } = STEPS[name]();
        const word = studio.mayEdit ? texts.rules.step[name] : texts.rules.stepReading[name];
        return html`<li>
            <button
                class=${state}
                aria-current=${this.at === name ? 'step' : nothing}
                @click=${() => this.dispatchEvent(new CustomEvent('step', { detail: name }))}
            >
                <span class="sign" aria-hidden="true">${state === 'done' ? icon('check') : state === 'bad' ? icon('x') : number}</span>
                <span>${word}</span>
                <span class="says" title=${says}>${says}</span>
            </button>
        </li>`;
    }
}

customElements.define('steps-bar', StepsBar);
