import { css, html, LitElement } from 'lit';
import { icon } from '../common/icons.js';
import { words } from './styles.js';

/** A profile as icon, colour and name: `<profile-chip .profile=${presence.profile}>`. The colour is the administrator's, and never the only sign. */
export class ProfileChip extends LitElement {
    static properties = { profile: { attribute: false } };

    static styles = [
        words,
        css`
            :host {
                display: inline-flex;
                align-items: center;
                gap: var(--gap-2);
                min-width: 0;
            }

            .sign {
                display: grid;
                place-items: center;
                width: 1.5rem;
                height: 1.5rem;
                flex: none;
                border-radius: 50%;
                background: var(--colour, var(--offline));
                color: var(--ink-on-colour, #ffffff);
            }

            .sign .icon {
                width: 0.95rem;
                height: 0.95rem;
            }

            .name {
                overflow: hidden;
                text-overflow: ellipsis;
            }
        `,
    ];

    willUpdate() {
        const colour = this.profile?.colour;
        if (/^#[0-9a-fA-F]{6}$/.test(colour ?? '')) {
            this.style.setProperty('--colour', colour);
            this.style.setProperty('--ink-on-colour', isLight(colour) ? '#101418' : '#ffffff');
        } else {
            this.style.removeProperty('--colour');
            this.style.setProperty('--ink-on-colour', 'var(--surface)');
        }
    }

    render() {
        return this.profile
            ? html`<span class="sign">${icon(this.profile.icon)}</span><span class="name">${this.profile.name}</span>`
            : '';
    }
}

/** Whether dark ink can be read better on it, by the relative luminance of WCAG. @param {string} colour #rrggbb */
export function isLight(colour) {
    const [red, green, blue] = [1, 3, 5]
        .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}

customElements.define('profile-chip', ProfileChip);
