import { css, html, LitElement, nothing } from 'lit';
import { clock } from '../common/clock.js';
import { fill, texts } from '../common/texts.js';
import { timeNear } from '../common/times.js';
import '../elements/confirm-dialog.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import './files-diff.js';
import { studio } from './studio.js';

/** Somebody else's draft is in the way of this one: what differs, and which of them stays. */
export class DraftConflict extends LitElement {
    static properties = { problem: { state: true } };

    static styles = [
        words,
        controls,
        css`
            .parts {
                display: grid;
                gap: var(--gap-3);
            }
        `,
    ];

    firstUpdated() {
        this.renderRoot.querySelector('confirm-dialog').show();
    }

    async #mine() {
        try {
            await studio.keepMine();
        } catch (problem) {
            this.problem = problem;
        }
    }

    render() {
        const theirs = studio.conflict?.draft;
        const files = theirs ? new Map(theirs.files.map(({ path, text }) => [path, text])) : studio.activeFiles;
        const text = theirs
            ? fill(texts.rules.conflictText, {
                  author: theirs.author || texts.rules.somebody,
                  time: timeNear(theirs.changedAt, clock.now()),
              })
            : texts.rules.conflictGone;
        return html`<confirm-dialog wide .heading=${texts.rules.conflictTitle} @closed=${() => studio.conflict && studio.decideLater()}>
            <div class="parts">
                <p>${text}</p>
                <h3>${texts.rules.conflictDiff}</h3>
                <files-diff .before=${files} .after=${new Map(studio.files)}></files-diff>
                ${this.problem ? html`<problem-note .problem=${this.problem}></problem-note>` : nothing}
            </div>
            <button slot="actions" @click=${() => studio.decideLater()}>${texts.rules.keepBoth}</button>
            <button slot="actions" class="danger" @click=${() => studio.takeTheirs()}>${texts.rules.keepTheirs}</button>
            <button slot="actions" class="danger" @click=${this.#mine}>${texts.rules.keepMine}</button>
        </confirm-dialog>`;
    }
}

customElements.define('draft-conflict', DraftConflict);
