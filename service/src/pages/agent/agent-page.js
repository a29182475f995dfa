import { css, html, LitElement, nothing } from 'lit';
import { texts } from '../common/texts.js';
import '../elements/problem-note.js';
import { words } from '../elements/styles.js';
import { hasOneOf, whoAmI } from '../shell/session.js';
import './agent-chooser.js';
import './agent-panel.js';
import { Desk } from './desk.js';

/**
 * The agent panel. Whose it is, is who one is oneself, or what the address says (`?agent=anna`); who may see everybody's and
 * named nobody chooses first.
 */
export class AgentPage extends LitElement {
    static properties = {
        me: { state: true },
        problem: { state: true },
    };

    static styles = [
        words,
        css`
            :host {
                display: block;
                max-width: 96rem;
                margin: 0 auto;
                padding: var(--gap-4);
            }
        `,
    ];

    connectedCallback() {
        super.connectedCallback();
        this.#ask();
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.desk?.close();
    }

    async #ask() {
        try {
            const me = await whoAmI();
            this.mayChoose = !me.agent || hasOneOf(me, ['SUPERVISOR', 'ADMIN']);
            const named = new URLSearchParams(location.search).get('agent');
            const agent = this.mayChoose ? (named ?? me.agent) : me.agent;
            this.desk = agent ? new Desk(agent, me).open() : null;
            this.problem = null;
            this.me = me;
        } catch (problem) {
            this.problem = problem;
        }
    }

    render() {
        if (this.problem) {
            return html`<problem-note .problem=${this.problem} retry @retry=${this.#ask}></problem-note>`;
        }
        if (!this.me) {
            return nothing;
        }
        return this.desk
            ? html`<agent-panel .desk=${this.desk} ?choice=${this.mayChoose}></agent-panel>`
            : html`<h1>${texts.shell.titles.agent}</h1>
                  <agent-chooser></agent-chooser>`;
    }
}

customElements.define('agent-page', AgentPage);
