import { css, html, LitElement } from 'lit';
import { live } from 'lit/directives/live.js';
import { clock } from '../common/clock.js';
import { dayOf, shifted } from '../common/days.js';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import { controls, words } from './styles.js';

/** While a year is typed it is one of antiquity. */
const EARLIEST = '2000-01-01';

/** A day up to today, back and forth: `<day-picker .day=${'2026-03-02'}>`. Fires `chosen` with another as its detail. What is typed and cannot be is left until the field is. */
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
                min=${EARLIEST}
                max=${today}
                .value=${live(this.day)}
                @change=${({ target }) => target.validity.valid && target.value !== '' && this.#choose(target.value)}
                @blur=${() => this.requestUpdate()}
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
