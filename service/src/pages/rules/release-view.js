import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import '../elements/problem-note.js';
import { cards, controls, words } from '../elements/styles.js';
import { toast } from '../elements/toasts.js';
import { checks } from './checks.js';
import './files-diff.js';
import { Following, studio } from './studio.js';

/**
 * What differs from the active release, and the making of a release. Fires `on` when one was made, and `unsound` when the
 * service's check of it found something.
 */
export class ReleaseView extends LitElement {
    static properties = { problem: { state: true }, missing: { state: true } };

    static styles = [
        words,
        controls,
        cards,
        css`
            .card,
            form {
                display: grid;
                gap: var(--gap-3);
            }

            form {
                justify-items: start;
            }

            label {
                width: min(40rem, 100%);
            }

            .missing {
                color: var(--bad);
            }
        `,
    ];

    constructor() {
        super();
        new Following(this, studio);
        new Following(this, checks);
    }

    async #make(event) {
        event.preventDefault();
        const input = this.renderRoot.querySelector('input');
        const comment = studio.comment.trim();
        this.missing = comment === '';
        if (this.missing) {
            input.focus();
            return;
        }
        const { revision } = studio;
        this.problem = undefined;
        try {
            const release = await studio.release(comment, [...checks.overridden]);
            if (release) {
                checks.overridden.clear();
                toast(fill(texts.rules.released, release), 'good');
                this.#lead('on');
            }
        } catch (problem) {
            this.problem = problem;
            if (!this.isConnected) {
                toast(problem.message, 'bad');
            }
            if (problem.document?.report) {
                checks.learn(problem.document.report, revision);
                this.#lead('unsound');
            }
        }
    }

    /** Leads to another step, but not whoever has gone to one meanwhile. @param {string} where */
    #lead(where) {
        if (this.isConnected) {
            this.dispatchEvent(new Event(where));
        }
    }

    render() {
        return html`<section class="card" aria-labelledby="title">
            <h2 id="title">${texts.rules.releaseTitle}</h2>
            <p>${texts.rules.releaseText}</p>
            ${studio.changedFiles.length === 0 ? html`<p class="quiet">${texts.rules.releaseNothing}</p>` : this.#change()}
        </section>`;
    }

    #change() {
        return html`<form @submit=${this.#make}>
                <label>
                    ${texts.rules.comment}
                    <input
                        maxlength="1000"
                        autocomplete="off"
                        aria-describedby="hint"
                        aria-invalid=${this.missing ? 'true' : nothing}
                        .value=${studio.comment}
                        @input=${(event) => (studio.comment = event.target.value)}
                    />
                </label>
                <p id="hint" class="small ${this.missing ? 'missing' : 'quiet'}">
                    ${this.missing ? texts.rules.commentMissing : texts.rules.commentHint}
                </p>
                ${checks.overridden.size > 0
                    ? html`<p>${icon('triangle-alert')}${fill(texts.rules.overridden, { promises: [...checks.overridden].join(', ') })}</p>`
                    : nothing}
                <div class="actions">
                    <button class="main" ?disabled=${studio.releasing} aria-busy=${studio.releasing}>
                        ${icon('package')}${studio.releasing ? texts.rules.releasing : texts.rules.release}
                    </button>
                    ${studio.releasing ? html`<progress aria-label=${texts.rules.releasing}></progress>` : nothing}
                </div>
                ${this.problem ? html`<problem-note .problem=${this.problem}></problem-note>` : nothing}
            </form>
            <h3>${fill(texts.rules.differences, studio.active)}</h3>
            <files-diff .before=${studio.activeFiles} .after=${new Map(studio.files)}></files-diff>`;
    }
}

customElements.define('release-view', ReleaseView);
