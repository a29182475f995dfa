import { css, html, LitElement } from 'lit';
import { clock } from '../common/clock.js';
import { dayOf, shifted } from '../common/days.js';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import { controls, words } from './styles.js';

/** A day up to today, back and forth: `<day-picker .day=${'2026-03-02'}>`. Fires `chosen` with another as its detail. */
export class DayPicker extends LitElement {
    static properties = { day: { type: String } };

    static styles = [
        words,
        controls,
        css`
            :host {
                display: flex;
                align-items: center;
                gap: var(--gap-1);
            }

            button {
                padding: 0;
            }
        `,
    ];

    #choose(day) {
        this.dispatchEvent(new CustomEvent('chosen', { detail: day }));
    }

    render() {
        const { before, after, day } = texts.board.day;
        const today = dayOf(clock.now());
        return html`<button class="plain" aria-label=${before} title=${before} @click=${() => this.#choose(shifted(this.day, -1))}>
                ${icon('chevron-left')}
            </button>
            <input
                type="date"
                aria-label=${day}
                max=${today}
                .value=${this.day}
                @change=${({ target }) => this.#choose(target.value !== '' && target.value <= today ? target.value : today)}
            />
            <button
                class="plain"
                aria-label=${after}
                title=${after}
                ?disabled=${this.day >= today}
                @click=${() => this.#choose(shifted(this.day, 1))}
            >
                ${icon('chevron-right')}
            </button>`;
    }
}

customElements.define('day-picker', DayPicker);
