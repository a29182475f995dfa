import { css, html, nothing } from 'lit';
import { path } from '../common/api.js';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import '../elements/profile-chip.js';
import { DefinitionSection } from './definition-section.js';
import { typedDuration } from './durations.js';
import { choiceField, durationField, textField, yesField } from './fields.js';
import './icon-picker.js';

const TYPES = ['AVAILABLE', 'AWAY', 'TENTATIVE', 'CONFERENCE'];
const ROUNDINGS = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60];

/** Which types count as an absence by themselves. */
const ABSENT = ['AWAY', 'TENTATIVE'];

/** The profiles, and those that are retired. */
export class ProfilesSection extends DefinitionSection {
    static styles = [
        ...DefinitionSection.styles,
        css`
            .colour {
                display: flex;
                gap: var(--gap-2);
                align-items: end;
            }

            .colour > .field {
                flex: 1;
            }

            input[type='color'] {
                width: 3rem;
                height: var(--target);
                padding: 2px;
                border: 1px solid var(--edge);
                border-radius: var(--round);
                background: var(--surface);
            }

            .preview {
                padding: var(--gap-2) var(--gap-3);
                border: 1px dashed var(--line);
                border-radius: var(--round);
            }

            details > .scroll {
                margin-top: var(--gap-2);
            }

            summary {
                min-height: var(--target);
                cursor: pointer;
            }

            /* Beside a form there is no room for these, which the form shows of the one that matters. */
            @media (min-width: 75rem) and (max-width: 100rem) {
                .two.open :is(th, td):is(:nth-child(5), :nth-child(6)) {
                    display: none;
                }
            }
        `,
    ];

    kind = 'PROFILE';
    words = texts.admin.profiles;

    all() {
        return this.definitions.profiles;
    }

    async exists(id) {
        return [...this.definitions.profiles, ...this.definitions.retired].some((profile) => profile.id === id);
    }

    address(id) {
        return path`/v1/profiles/${id}`;
    }

    blank() {
        return { type: 'AWAY', colour: '#ef6c00', order: 0, onReturn: 'KEEP' };
    }

    /** The choice of an absence is made in words. */
    body(profile) {
        return 'absence' in profile ? { ...profile, absence: String(profile.absence) === 'true' } : profile;
    }

    pointers() {
        return ['/id', '/name', '/type', '/colour', '/order', '/duration', '/rounding', '/queueGroup', '/onReturn', '/absence', '/default'];
    }

    heads() {
        return [texts.admin.profile, texts.admin.id, this.words.type, this.words.duration, this.words.queueGroup, this.words.onReturn];
    }

    cells(profile) {
        const group = this.definitions.queueGroups.find(({ id }) => id === profile.queueGroup);
        return html`<th scope="row"><profile-chip .profile=${profile}></profile-chip>${profile.default ? html` <span class="small quiet">${this.words.isDefault}</span>` : nothing}</th>
            <td><code>${profile.id}</code></td>
            <td>${this.words.types[profile.type]}${profile.absence ?? ABSENT.includes(profile.type) ? html`<div class="small quiet">${this.words.anAbsence}</div>` : nothing}</td>
            <td class="number">
                ${profile.duration ? typedDuration(profile.duration) : this.words.noEnd}${profile.rounding
                    ? html`<div class="small quiet">${fill(this.words.rounded, { n: profile.rounding })}</div>`
                    : nothing}
            </td>
            <td>${group?.name ?? profile.queueGroup ?? this.words.noQueueGroup}</td>
            <td>${this.words.returns[profile.onReturn]}</td>`;
    }

    more() {
        const { retired } = this.definitions;
        return retired.length === 0
            ? nothing
            : html`<details>
                  <summary>${fill(this.words.retired, { n: retired.length })}</summary>
                  <p class="quiet small">${this.words.retiredHint}</p>
                  <ul class="stack">
                      ${retired.map(
                          (profile) => html`<li class="head">
                              <span><profile-chip .profile=${profile}></profile-chip> <code>${profile.id}</code></span>
                              <button @click=${() => this.edit(profile)} aria-label=${fill(this.words.bringBackNamed, profile)}>
                                  ${icon('undo-2')} ${this.words.bringBack}
                              </button>
                          </li>`,
                      )}
                  </ul>
              </details>`;
    }

    form(draft) {
        const { queueGroups } = this.definitions;
        const profile = draft.value;
        return html`<div class="preview">
                <span class="small quiet">${this.words.preview}</span>
                <profile-chip .profile=${{ ...profile, name: profile.name ?? this.words.nameless }}></profile-chip>
            </div>
            ${textField(draft, '/id', texts.admin.id, { hint: texts.admin.idHint, fixed: !draft.fresh, longest: 128 })}
            ${textField(draft, '/name', texts.admin.name)}
            ${choiceField(draft, '/type', this.words.type, TYPES.map((type) => [type, this.words.types[type]]), {
                hint: draft.fresh ? this.words.typeHint : this.words.typeFixed,
                fixed: !draft.fresh,
            })}
            <div class="colour">
                ${textField(draft, '/colour', this.words.colour, { optional: true, longest: 7 })}
                <input
                    type="color"
                    aria-label=${this.words.chooseColour}
                    .value=${/^#[0-9a-f]{6}$/i.test(profile.colour ?? '') ? profile.colour : '#808080'}
                    @input=${(event) => draft.set('/colour', event.target.value)}
                />
            </div>
            <icon-picker label=${this.words.icon} .value=${profile.icon} @picked=${(event) => draft.set('/icon', event.detail)}></icon-picker>
            ${textField(draft, '/order', this.words.order, { type: 'number', hint: this.words.orderHint, optional: true })}
            <div class="pair">
                ${durationField(draft, '/duration', this.words.duration, { hint: this.words.durationHint })}
                ${choiceField(draft, '/rounding', this.words.rounding, [['', this.words.exact], ...ROUNDINGS.map((n) => [String(n), fill(this.words.minutes, { n })])], {
                    hint: this.words.roundingHint,
                    number: true,
                })}
            </div>
            ${choiceField(draft, '/queueGroup', this.words.queueGroup, [['', this.words.noQueueGroup], ...queueGroups.map(({ id, name }) => [id, name])], {
                hint: this.words.queueGroupHint,
            })}
            ${choiceField(draft, '/onReturn', this.words.onReturn, Object.entries(this.words.returns))}
            ${choiceField(draft, '/absence', this.words.absence, [['', this.words.absenceByType], ['true', texts.admin.yes], ['false', texts.admin.no]])}
            ${yesField(draft, '/default', this.words.default, { hint: this.words.defaultHint })}`;
    }
}

customElements.define('profiles-section', ProfilesSection);
