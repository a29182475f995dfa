import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { fill, plural, texts } from '../common/texts.js';
import '../elements/live-timer.js';
import '../elements/problem-note.js';
import { cards, controls, words } from '../elements/styles.js';
import { checks, promiseIn } from './checks.js';
import './findings-list.js';
import { Following, studio } from './studio.js';

/**
 * The whole check: form, examples, every case, promises. Fires `go` for the place of a problem, `on` when somebody goes on
 * to the preview.
 */
export class CheckView extends LitElement {
    static styles = [
        words,
        controls,
        cards,
        css`
            .card,
            .report {
                display: grid;
                gap: var(--gap-3);
                justify-items: start;
            }

            .actions {
                min-height: var(--target);
            }

            .said {
                display: flex;
                align-items: center;
                gap: var(--gap-2);
                font-weight: 600;
            }

            .sound {
                color: var(--good);
            }

            .unsound {
                color: var(--bad);
            }

            findings-list,
            .report {
                width: 100%;
            }

            .promise {
                flex-direction: row;
                align-items: center;
                gap: var(--gap-2);
            }
        `,
    ];

    constructor() {
        super();
        new Following(this, studio);
        new Following(this, checks);
    }

    render() {
        const { proof, running } = checks;
        return html`<section class="card" aria-labelledby="title">
            <h2 id="title">${texts.rules.checkTitle}</h2>
            <p>${texts.rules.checkText}</p>
            <div class="actions">
                <button class="main" ?disabled=${running !== ''} aria-busy=${running !== ''} @click=${() => checks.make('PROOF')}>
                    ${icon('list-checks')}${proof ? texts.rules.checkAgain : texts.rules.check}
                </button>
                ${running
                    ? html`<progress aria-label=${texts.rules.checking}></progress>
                          <live-timer .since=${new Date(checks.since).toISOString()}></live-timer>`
                    : nothing}
                ${!running && checks.holds(proof) && proof.report.sound
                    ? html`<button @click=${() => this.dispatchEvent(new Event('on'))}>${texts.rules.toPreview}${icon('arrow-right')}</button>`
                    : nothing}
            </div>
            ${checks.problem
                ? html`<problem-note .problem=${checks.problem} retry @retry=${() => checks.make('PROOF')}></problem-note>`
                : nothing}
            <div class="report" role="status">${proof && !running ? this.#report(proof) : nothing}</div>
            ${this.#promises()}
        </section>`;
    }

    #report(proof) {
        const { report } = proof;
        return html`${checks.holds(proof) ? nothing : html`<p>${icon('info')}${texts.rules.checkStale}</p>`}
            <p class="said ${report.sound ? 'sound' : 'unsound'}">
                ${icon(report.sound ? 'circle-check' : 'circle-x')}
                ${report.sound ? texts.rules.sound : plural(report.faults.length, texts.rules.unsound)}
            </p>
            <p class="quiet number">${fill(texts.rules.figures, { ...report, cases: report.cases.toLocaleString(texts.locale) })}</p>
            ${report.brokenOnPurpose.map((broken) => html`<p>${fill(texts.rules.brokenOnPurpose, broken)}</p>`)}
            <findings-list
                .faults=${report.faults}
                @go=${({ detail }) => this.dispatchEvent(new CustomEvent('go', { detail }))}
            ></findings-list>`;
    }

    /** Those that the check found broken, and those that are said to be. */
    #promises() {
        const found = (checks.proof?.report.faults ?? []).filter(({ kind }) => kind === 'PROMISE').map(({ message }) => promiseIn(message));
        const promises = [...new Set([...found, ...checks.overridden])].filter((promise) => promise !== '').sort();
        return promises.length === 0
            ? nothing
            : html`<fieldset>
                  <legend>${texts.rules.promiseTitle}</legend>
                  <p class="quiet">${texts.rules.promiseText}</p>
                  ${promises.map(
                      (promise) =>
                          html`<label class="promise">
                              <input
                                  type="checkbox"
                                  .checked=${checks.overridden.has(promise)}
                                  @change=${(event) => checks.override(promise, event.target.checked)}
                              />
                              ${fill(texts.rules.promiseBreak, { promise })}
                          </label>`,
                  )}
              </fieldset>`;
    }
}

customElements.define('check-view', CheckView);
