import { html, LitElement } from 'lit';
import { fill, texts } from '../common/texts.js';
import { statusWord } from '../common/words.js';
import '../elements/confirm-dialog.js';
import '../elements/explanation-view.js';
import '../elements/problem-note.js';
import { controls } from '../elements/styles.js';

/** Why the agent is what it is, in the rules' own words; it follows what happens while it is open. */
export class WhyDialog extends LitElement {
    static properties = {
        presence: { attribute: false },
        explanation: { attribute: false },
        problem: { attribute: false },
        own: { attribute: false },
    };

    static styles = [controls];

    get #frame() {
        return this.renderRoot.querySelector('confirm-dialog');
    }

    show() {
        this.#frame.show();
    }

    render() {
        const { name, status, timeZone } = this.presence;
        const heading = fill(this.own ? texts.agent.whyTitle.self : texts.agent.whyTitle.other, { name, status: statusWord(status) });
        return html`<confirm-dialog wide .heading=${heading}>
            <problem-note .problem=${this.problem}></problem-note>
            <explanation-view .explanation=${this.explanation} .zone=${timeZone}></explanation-view>
            <button slot="actions" @click=${() => this.#frame.hide()}>${texts.shell.close}</button>
        </confirm-dialog>`;
    }
}

customElements.define('why-dialog', WhyDialog);
