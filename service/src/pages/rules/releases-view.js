import { css, html, LitElement, nothing } from 'lit';
import { get, path } from '../common/api.js';
import { icon } from '../common/icons.js';
import { fill, listed, plural, texts } from '../common/texts.js';
import { ask } from '../elements/confirm-dialog.js';
import '../elements/problem-note.js';
import { cards, controls, words } from '../elements/styles.js';
import '../elements/time-text.js';
import { toast } from '../elements/toasts.js';
import './release-look.js';
import { Following, studio } from './studio.js';

/** How many of the activations are told. */
const TOLD = 20;

/** The releases: which one is active, which waits, which concluded before; and the way back. Fires `on` for a draft begun from one. */
export class ReleasesView extends LitElement {
    static properties = { problem: { state: true }, looked: { state: true } };

    static styles = [
        words,
        controls,
        cards,
        css`
            :host,
            .card {
                display: grid;
                gap: var(--gap-3);
            }

            .actions {
                min-height: var(--target);
            }

            .release {
                display: flex;
                flex-wrap: wrap;
                align-items: center;
                gap: var(--gap-2) var(--gap-3);
                padding: var(--gap-2) 0;
                border-bottom: 1px solid var(--line);
            }

            .what {
                flex: 1 1 20rem;
                min-width: 0;
                overflow-wrap: anywhere;
            }

            .name {
                display: flex;
                align-items: center;
                gap: var(--gap-2);
            }

            .state {
                display: inline-flex;
                align-items: center;
                gap: var(--gap-1);
                color: var(--good);
                font-weight: 600;
            }

            .waits {
                border-color: var(--accent);
            }
        `,
    ];

    constructor() {
        super();
        new Following(this, studio);
    }

    async #activate(release, question) {
        if (!(await ask(question))) {
            return;
        }
        this.problem = undefined;
        try {
            const { decidedAgain } = await studio.activate(release);
            toast(plural(decidedAgain, texts.rules.activated, { release }), 'good');
        } catch (problem) {
            this.problem = problem;
        }
    }

    #forward({ release, comment }) {
        const text = fill(texts.rules.activateText, { comment: comment ?? texts.rules.shipped });
        return this.#activate(release, {
            title: fill(texts.rules.activateAsk, { release }),
            text,
            yes: fill(texts.rules.activate, { release }),
        });
    }

    #back(release) {
        return this.#activate(release, {
            title: fill(texts.rules.rollBackAsk, { release }),
            text: texts.rules.rollBackText,
            yes: fill(texts.rules.rollBack, { release }),
        });
    }

    async #look(release) {
        this.problem = undefined;
        try {
            this.looked = await get(path`/v1/rules/releases/${release}`);
        } catch (problem) {
            this.problem = problem;
        }
    }

    async #more() {
        try {
            await studio.moreReleases();
        } catch (problem) {
            this.problem = problem;
        }
    }

    render() {
        const { waiting, before } = studio;
        return html`${waiting ? this.#waiting(waiting) : nothing}
            ${this.problem ? html`<problem-note .problem=${this.problem}></problem-note>` : nothing}
            <section class="card" aria-labelledby="releases">
                <h2 id="releases">${texts.rules.releasesTitle}</h2>
                <div class="actions" role="status">
                    <span>${fill(texts.rules.concluding, studio.active)}</span>
                    ${studio.active.standIn ? html`<span>${this.#standIn(studio.active)}</span>` : nothing}
                    ${studio.activating ? html`<progress aria-label=${texts.rules.activating}></progress>` : nothing}
                    ${studio.mayEdit && before !== undefined
                        ? html`<button class="danger" ?disabled=${studio.activating} @click=${() => this.#back(before)}>
                              ${icon('rotate-ccw')}${fill(texts.rules.rollBack, { release: before })}
                          </button>`
                        : nothing}
                </div>
                <ul>
                    ${studio.releases.map((release) => this.#release(release))}
                </ul>
                ${studio.nextBefore ? html`<div><button @click=${this.#more}>${texts.rules.moreReleases}</button></div>` : nothing}
            </section>
            ${this.#history()}
            ${this.looked
                ? html`<release-look
                      .release=${this.looked}
                      @closed=${() => (this.looked = undefined)}
                      @on=${() => this.dispatchEvent(new Event('on'))}
                  ></release-look>`
                : nothing}`;
    }

    #standIn({ release, standIn }) {
        return fill(texts.rules.standIn, { release, other: standIn.release, reason: standIn.reason });
    }

    #waiting(release) {
        return html`<section class="card waits" aria-labelledby="waiting">
            <h2 id="waiting">${fill(texts.rules.waitingTitle, release)}</h2>
            <p>${texts.rules.waitingText}</p>
            ${studio.mayEdit
                ? html`<div class="actions">
                      <button class="main" ?disabled=${studio.activating} aria-busy=${studio.activating} @click=${() => this.#forward(release)}>
                          ${icon('power')}${fill(texts.rules.activate, release)}
                      </button>
                  </div>`
                : nothing}
        </section>`;
    }

    #release(release) {
        const never = studio.waiting?.release === release.release;
        return html`<li class="release">
            <div class="what">
                <div class="name">
                    <b class="number">${fill(texts.rules.releaseName, release)}</b>
                    ${release.active ? html`<span class="state">${icon('circle-check')}${texts.rules.active}</span>` : nothing}
                    ${never ? html`<span class="quiet">${texts.rules.waiting}</span>` : nothing}
                </div>
                <div>${release.comment ?? texts.rules.shipped}</div>
                ${release.overridden?.length
                    ? html`<div class="small">${fill(texts.rules.overridden, { promises: listed(release.overridden) })}</div>`
                    : nothing}
                <div class="quiet small">
                    ${release.author ? fill(texts.rules.releaseBy, release) : nothing}
                    ${release.releasedAt ? html`<time-text at=${release.releasedAt}></time-text>` : nothing}
                </div>
            </div>
            <button @click=${() => this.#look(release.release)}>${icon('eye')}${fill(texts.rules.look, release)}</button>
            ${studio.mayEdit && !release.active && !never && release.release !== studio.before
                ? html`<button ?disabled=${studio.activating} @click=${() => this.#forward(release)}>${fill(texts.rules.activate, release)}</button>`
                : nothing}
        </li>`;
    }

    #history() {
        return html`<section class="card" aria-labelledby="history">
            <h2 id="history">${texts.rules.history}</h2>
            ${studio.activations.length === 0
                ? html`<p class="quiet">${texts.rules.noHistory}</p>`
                : html`<ol>
                      ${studio.activations
                          .slice(0, TOLD)
                          .map(
                              ({ release, by, at }) =>
                                  html`<li>
                                      <time-text at=${at}></time-text> ${fill(texts.rules.releaseName, { release })}
                                      <span class="quiet">${by ? fill(texts.rules.historyBy, { by }) : ''}</span>
                                  </li>`,
                          )}
                  </ol>`}
        </section>`;
    }
}

customElements.define('releases-view', ReleasesView);
