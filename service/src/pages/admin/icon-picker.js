import { css, html, LitElement } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon, ICON_NAMES } from '../common/icons.js';
import { texts } from '../common/texts.js';
import { words } from '../elements/styles.js';

/** The icons that a profile can have, to choose one of with the arrow keys: `<icon-picker .value=${name}>` fires `picked`. */
export class IconPicker extends LitElement {
    static properties = {
        label: { type: String },
        value: { type: String },
    };

    static styles = [
        words,
        css`
            fieldset {
                min-width: 0;
                margin: 0;
                padding: 0;
                border: 0;
            }

            legend {
                padding: 0 0 var(--gap-1);
                font-weight: 600;
            }

            .icons {
                display: grid;
                grid-template-columns: repeat(auto-fill, 2.25rem);
                gap: 2px;
                max-height: 10.5rem;
                overflow-y: auto;
                padding: var(--gap-1);
                border: 1px solid var(--line);
                border-radius: var(--round);
            }

            label {
                position: relative;
                display: grid;
                place-items: center;
                width: 2.25rem;
                height: 2.25rem;
                border-radius: var(--round);
                cursor: pointer;
            }

            label:hover {
                background: var(--raised);
            }

            label:has(:checked) {
                background: var(--accent);
                color: var(--on-accent);
            }

            @media (forced-colors: active) {
                label:has(:checked) {
                    outline: 2px solid Highlight;
                }
            }

            label:has(:focus-visible) {
                outline: 2px solid var(--focus);
                outline-offset: 1px;
            }

            input {
                position: absolute;
                inset: 0;
                margin: 0;
                opacity: 0;
                cursor: pointer;
            }
        `,
    ];

    /** The one that is chosen is seen, without moving more than the box it stands in. */
    updated(changed) {
        const chosen = changed.has('value') && this.renderRoot.querySelector('label:has(:checked)');
        if (chosen) {
            const box = this.renderRoot.querySelector('.icons');
            const { top, bottom } = box.getBoundingClientRect();
            const at = chosen.getBoundingClientRect();
            if (at.top < top || at.bottom > bottom) {
                box.scrollTop += (at.top + at.bottom - top - bottom) / 2;
            }
        }
    }

    #pick(name) {
        this.dispatchEvent(new CustomEvent('picked', { detail: name }));
    }

    render() {
        return html`<fieldset>
            <legend>${this.label}</legend>
            <div class="icons">
                ${['', ...ICON_NAMES].map(
                    (name) => html`<label title=${name || texts.admin.profiles.noIcon}>
                        <input
                            type="radio"
                            name="icon"
                            aria-label=${name || texts.admin.profiles.noIcon}
                            .checked=${live((this.value ?? '') === name)}
                            @change=${() => this.#pick(name)}
                        />
                        ${icon(name || 'ban')}
                    </label>`,
                )}
            </div>
        </fieldset>`;
    }
}

customElements.define('icon-picker', IconPicker);
