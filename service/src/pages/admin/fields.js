/** The fields of this page's forms: a label, the control, what it means, and what the service said of it, at its place. */
import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import { readDuration, typedDuration } from './durations.js';

/** @typedef {import('./draft.js').Draft} Draft */

const idOf = (pointer) => 'field' + pointer.replaceAll('/', '-');

/** What a control says of itself to who listens. */
function described(draft, pointer, hint) {
    const id = idOf(pointer);
    const fault = draft.fault(pointer);
    const by = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
    return { id, fault, by: by || nothing, invalid: fault ? 'true' : nothing };
}

function framed(draft, pointer, label, hint, control) {
    const { id, fault } = described(draft, pointer, hint);
    return html`<div class="field">
        <label for=${id}>${label}</label>
        ${control} ${hint ? html`<span id="${id}-hint" class="small quiet">${hint}</span>` : nothing} ${faultText(id, fault)}
    </div>`;
}

function faultText(id, fault) {
    return fault ? html`<span id="${id}-fault" class="fault small">${icon('triangle-alert')}<span>${fault}</span></span>` : nothing;
}

/** What to do about it that somebody else has put the same meanwhile, or deleted it. @param {Draft} draft */
export function theirs(draft) {
    if (draft.gone) {
        return html`<div class="note" role="alert"><p>${texts.admin.deletedMeanwhile}</p></div>`;
    }
    return draft.theirs
        ? html`<div class="note meanwhile" role="alert">
              <p>${texts.admin.changedMeanwhile}</p>
              <div class="actions">
                  <button type="button" @click=${() => draft.settle(false)}>${texts.admin.takeTheirs}</button>
                  <button type="button" @click=${() => draft.settle(true)}>${texts.admin.keepMine}</button>
              </div>
          </div>`
        : nothing;
}

/** @param {Draft} draft @param {string} pointer @param {string} label @param {{hint?: string, type?: string, optional?: boolean, fixed?: boolean, longest?: number, list?: string}} [options] */
export function textField(draft, pointer, label, { hint, type = 'text', optional = false, fixed = false, longest = 256, list } = {}) {
    const { id, by, invalid } = described(draft, pointer, hint);
    const typed = (event) => draft.set(pointer, type === 'number' && event.target.value !== '' ? Number(event.target.value) : event.target.value);
    return framed(
        draft,
        pointer,
        label,
        hint,
        html`<input
            id=${id}
            type=${type}
            .value=${live(String(draft.get(pointer) ?? ''))}
            maxlength=${longest}
            list=${list ?? nothing}
            autocomplete="off"
            ?readonly=${fixed}
            aria-required=${optional || fixed ? nothing : 'true'}
            aria-invalid=${invalid}
            aria-describedby=${by}
            @input=${typed}
        />`,
    );
}

/** @param {Draft} draft @param {string} pointer @param {string} label @param {{hint?: string}} [options] */
export function durationField(draft, pointer, label, { hint } = {}) {
    return framed(draft, pointer, label, hint, durationInput(draft, pointer, hint));
}

/** The control alone, for a table whose heads are its label. @param {Draft} draft @param {string} pointer @param {string} [hint] @param {string} [label] */
export function durationInput(draft, pointer, hint, label) {
    const { id, by, invalid } = described(draft, pointer, hint);
    return html`<input
        id=${id}
        class="duration"
        .value=${typedDuration(draft.get(pointer))}
        autocomplete="off"
        aria-label=${label ?? nothing}
        aria-invalid=${invalid}
        aria-describedby=${by}
        @change=${(event) => draft.set(pointer, readDuration(event.target.value))}
    />`;
}

/** @param {Draft} draft @param {string} pointer @param {string} label */
export function numberInput(draft, pointer, label) {
    const { id, by, invalid } = described(draft, pointer, '');
    return html`<input
        id=${id}
        type="number"
        .value=${live(String(draft.get(pointer) ?? ''))}
        aria-label=${label}
        aria-invalid=${invalid}
        aria-describedby=${by}
        @input=${(event) => draft.set(pointer, event.target.value === '' ? undefined : Number(event.target.value))}
    />`;
}

/** What was said of a field that has a control alone. @param {Draft} draft @param {string} pointer */
export function faultOf(draft, pointer) {
    return faultText(idOf(pointer), draft.fault(pointer));
}

/** @param {Draft} draft @param {string} pointer @param {string} label @param {[string, string][]} choices values and words @param {{hint?: string, number?: boolean, fixed?: boolean}} [options] */
export function choiceField(draft, pointer, label, choices, { hint, number = false, fixed = false } = {}) {
    const { id, by, invalid } = described(draft, pointer, hint);
    const chosen = String(draft.get(pointer) ?? '');
    const all = choices.some(([value]) => value === chosen) ? choices : [...choices, [chosen, chosen]];
    return framed(
        draft,
        pointer,
        label,
        hint,
        html`<select
            id=${id}
            ?disabled=${fixed}
            aria-invalid=${invalid}
            aria-describedby=${by}
            @change=${(event) => draft.set(pointer, number && event.target.value !== '' ? Number(event.target.value) : event.target.value)}
        >
            ${all.map(([value, words]) => html`<option value=${value} .selected=${live(value === chosen)}>${words}</option>`)}
        </select>`,
    );
}

/** @param {Draft} draft @param {string} pointer @param {string} label @param {{hint?: string}} [options] */
export function yesField(draft, pointer, label, { hint } = {}) {
    const { id, fault, by, invalid } = described(draft, pointer, hint);
    return html`<div class="field">
        <label class="yes">
            <input
                id=${id}
                type="checkbox"
                .checked=${live(draft.get(pointer) === true)}
                aria-invalid=${invalid}
                aria-describedby=${by}
                @change=${(event) => draft.set(pointer, event.target.checked)}
            />
            ${label}
        </label>
        ${hint ? html`<span id="${id}-hint" class="small quiet">${hint}</span>` : nothing} ${faultText(id, fault)}
    </div>`;
}

/** Some of a few. @param {Draft} draft @param {string} pointer @param {string} label @param {[string, string][]} choices values and words @param {{hint?: string}} [options] */
export function someField(draft, pointer, label, choices, { hint } = {}) {
    const { id, fault, by } = described(draft, pointer, hint);
    const chosen = draft.get(pointer) ?? [];
    const toggle = (value, on) =>
        draft.set(
            pointer,
            choices.map(([known]) => known).filter((known) => (known === value ? on : chosen.includes(known))),
        );
    return html`<fieldset class="field" aria-describedby=${by}>
        <legend>${label}</legend>
        <div class="some">
            ${choices.map(
                ([value, words]) => html`<label class="yes">
                    <input
                        type="checkbox"
                        .checked=${live(chosen.includes(value))}
                        aria-invalid=${fault ? 'true' : nothing}
                        @change=${(event) => toggle(value, event.target.checked)}
                    />
                    ${words}
                </label>`,
            )}
        </div>
        ${hint ? html`<span id="${id}-hint" class="small quiet">${hint}</span>` : nothing} ${faultText(id, fault)}
    </fieldset>`;
}

export const fields = css`
    .field {
        display: grid;
        align-content: start;
        gap: var(--gap-1);
        min-width: 0;
    }

    .field > label:not(.yes),
    legend {
        font-weight: 600;
    }

    .field > input,
    .field > select {
        width: 100%;
    }

    input[readonly] {
        background: var(--raised);
    }

    [aria-invalid='true'] {
        border-color: var(--bad) !important;
        outline-color: var(--bad);
    }

    label.yes {
        flex-direction: row;
        align-items: center;
        gap: var(--gap-2);
        min-height: var(--target);
    }

    .some {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-4);
    }

    .fault {
        display: flex;
        gap: var(--gap-2);
        color: var(--bad);
        overflow-wrap: anywhere;
    }

    .fault .icon {
        width: 1rem;
        height: 1rem;
        margin-top: 0.1em;
    }
`;
