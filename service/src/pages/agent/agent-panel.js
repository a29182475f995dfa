import { css, html, LitElement, nothing } from 'lit';
import { fill, plural, texts } from '../common/texts.js';
import { ask } from '../elements/confirm-dialog.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import './agent-capabilities.js';
import './agent-queues.js';
import './agent-timers.js';
import './change-log.js';
import { answerOffer, readiness, signOut } from './commands.js';
import './conversation-list.js';
import './keyboard-help.js';
import './offer-list.js';
import './profile-menu.js';
import { Shortcuts } from './shortcuts.js';
import './state-card.js';
import './target-picker.js';
import './why-dialog.js';

/** The panel of one agent: what its desk knows, and the dialogs. */
export class AgentPanel extends LitElement {
    static properties = {
        desk: { attribute: false },
        choice: { type: Boolean },
        transferring: { state: true },
    };

    static styles = [
        words,
        controls,
        css`
            header {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2) var(--gap-4);
                align-items: center;
                margin-bottom: var(--gap-4);
            }

            h1 {
                overflow-wrap: anywhere;
            }

            .tools {
                display: flex;
                gap: var(--gap-2);
                margin-left: auto;
            }

            .panel {
                display: grid;
                grid-template-columns: minmax(0, 1fr);
                grid-template-areas: 'state' 'work' 'own' 'aside';
                gap: var(--gap-4);
                align-items: start;
            }

            state-card {
                grid-area: state;
            }

            .work {
                grid-area: work;
            }

            .own {
                grid-area: own;
            }

            .aside {
                grid-area: aside;
            }

            .column {
                display: grid;
                grid-template-columns: minmax(0, 1fr);
                gap: var(--gap-4);
            }

            problem-note {
                margin-bottom: var(--gap-4);
            }

            @media (min-width: 56rem) {
                .panel {
                    grid-template: 'state work' auto 'own work' auto 'own aside' 1fr / minmax(0, 5fr) minmax(0, 7fr);
                }
            }

            @media (min-width: 84rem) {
                .panel {
                    grid-template: 'state work aside' auto 'own work aside' 1fr / minmax(0, 5fr) minmax(0, 7fr) minmax(0, 5fr);
                }
            }
        `,
    ];

    constructor() {
        super();
        this.redraw = () => this.requestUpdate();
        this.shortcuts = new Shortcuts(this, {
            r: () => this.#toggleReady(),
            p: () => this.#dialog('profile-menu')?.show(),
            a: () => this.#answerFirst('accept'),
            x: () => this.#answerFirst('reject'),
            t: () => this.#transferFirst(),
            w: () => this.#why(),
            '?': () => this.#dialog('keyboard-help')?.show(),
        });
    }

    connectedCallback() {
        super.connectedCallback();
        this.desk.addEventListener('change', this.redraw);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.desk.removeEventListener('change', this.redraw);
    }

    #dialog(name) {
        return this.renderRoot.querySelector(name);
    }

    #why() {
        this.desk.explain();
        this.#dialog('why-dialog')?.show();
    }

    #toggleReady() {
        const { presence } = this.desk;
        if (presence && presence.status !== 'OFFLINE') {
            this.desk.give(readiness(presence.agent, !this.desk.willBeReady));
        }
    }

    #answerFirst(how) {
        const offer = this.desk.presence?.offers?.[0];
        if (offer) {
            this.desk.give(answerOffer(this.desk.agent, offer.offer, how));
        }
    }

    #transferFirst() {
        const first = this.desk.presence?.conversations?.find(({ state }) => state === 'ACTIVE');
        if (first) {
            this.#transfer(first.conversation);
        }
    }

    async #transfer(conversation) {
        this.transferring = conversation;
        await this.updateComplete;
        this.#dialog('target-picker').show();
    }

    async #signOut() {
        const { agent, conversations = [] } = this.desk.presence;
        const open = conversations.length;
        const { signOutAsk, signOutText, signOut: yes } = texts.agent;
        if (open === 0 || (await ask({ title: signOutAsk, text: plural(open, signOutText), yes, danger: true }))) {
            this.desk.give(signOut(agent));
        }
    }

    render() {
        const { desk } = this;
        const { presence } = desk;
        return html`<header>
                <h1>${presence?.name ?? texts.shell.titles.agent}</h1>
                ${presence ? html`<span class="quiet">${presence.agent}</span>` : nothing}
                <div class="tools">
                    <button class="plain" @click=${() => this.#dialog('keyboard-help').show()}>${texts.agent.shortcuts}</button>
                    ${this.choice ? html`<a class="button" href="/agent?agent=">${texts.agent.another}</a>` : nothing}
                </div>
            </header>
            <problem-note .problem=${desk.problem}></problem-note>
            ${presence ? this.#panel(presence) : this.#nothing()}
            <keyboard-help .shortcuts=${this.shortcuts}></keyboard-help>`;
    }

    #nothing() {
        const { agent, isUnknown, refusal } = this.desk;
        if (isUnknown) {
            return html`<p role="alert">${fill(texts.agent.unknown, { agent })}</p>`;
        }
        return refusal ? html`<problem-note .problem=${refusal}></problem-note>` : html`<p class="quiet">${texts.agent.loading}</p>`;
    }

    #panel(presence) {
        const { desk } = this;
        const { catalogue, pending, explanation } = desk;
        return html`<div class="panel" @command=${(event) => desk.give(event.detail)}>
                <state-card
                    .presence=${presence}
                    .pending=${pending}
                    .own=${desk.isOwn}
                    @sign-in=${() => desk.signIn()}
                    @sign-out=${this.#signOut}
                    @connect=${() => desk.connect()}
                    @why=${this.#why}
                ></state-card>
                <div class="column work">
                    <offer-list .presence=${presence} .pending=${pending} .catalogue=${catalogue}></offer-list>
                    <conversation-list
                        .presence=${presence}
                        .pending=${pending}
                        .catalogue=${catalogue}
                        @transfer=${(event) => this.#transfer(event.detail)}
                    ></conversation-list>
                </div>
                <div class="column own">
                    <profile-menu .presence=${presence} .pending=${pending} .catalogue=${catalogue}></profile-menu>
                    <agent-timers .presence=${presence}></agent-timers>
                </div>
                <div class="column aside">
                    <agent-capabilities .presence=${presence} .explanation=${explanation}></agent-capabilities>
                    <agent-queues .presence=${presence} .pending=${pending} .catalogue=${catalogue}></agent-queues>
                    <change-log .log=${desk.log} .zone=${presence.timeZone}></change-log>
                </div>
            </div>
            <why-dialog .presence=${presence} .explanation=${explanation} .problem=${desk.unexplained} .own=${desk.isOwn}></why-dialog>
            <target-picker .conversation=${this.transferring} .desk=${desk}></target-picker>`;
    }
}

customElements.define('agent-panel', AgentPanel);
