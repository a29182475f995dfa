import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { get, path, request } from '../common/api.js';
import { icon } from '../common/icons.js';
import { fill, texts } from '../common/texts.js';
import '../elements/problem-note.js';
import { cards, controls, words } from '../elements/styles.js';
import { toast } from '../elements/toasts.js';
import { Draft } from './draft.js';
import { fields, someField, textField } from './fields.js';
import './secret-once.js';
import { sections } from './sections.js';
import './webhook-card.js';

const KINDS = [
    'STATE_CHANGED',
    'CONVERSATION_CHANGED',
    'OFFER_CHANGED',
    'PROFILE_EXPIRED',
    'QUEUES_CHANGED',
    'CAPABILITIES_CHANGED',
    'AGENT_DELETED',
    'CONNECTION_LOST',
    'RULES_FAILED',
];

/** How often it is asked what waits and what arrived, in milliseconds, while the section can be seen: no stream tells it. */
const ASKED = 5_000;

/** The webhooks: where events are sent. */
export class WebhooksSection extends LitElement {
    static properties = { webhooks: { state: true }, problem: { state: true }, secrets: { state: true } };

    static styles = [words, controls, cards, fields, sections];

    draft = new Draft(this);
    #asking = 0;

    constructor() {
        super();
        this.webhooks = null;
        /** Those that are shown this once, until they are kept. @type {{secret: string, url: string}[]} */
        this.secrets = [];
    }

    connectedCallback() {
        super.connectedCallback();
        this.read();
        this.#asking = setInterval(() => document.hidden || this.read(), ASKED);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        clearInterval(this.#asking);
    }

    async read() {
        try {
            this.webhooks = await get('/v1/webhooks');
            this.problem = null;
        } catch (problem) {
            this.problem = problem;
        }
    }

    async #open(webhook) {
        if (!(await this.draft.mayGo())) {
            return;
        }
        if (webhook) {
            const { url, kinds, agents, description, active } = webhook;
            this.draft.begin({ id: webhook.webhook, url, kinds, agents, description, active });
        } else {
            this.draft.begin({ kinds: KINDS, agents: [], active: true }, { fresh: true });
        }
        await this.updateComplete;
        this.renderRoot.querySelector('form input').focus();
    }

    async #save(event) {
        event.preventDefault();
        const { draft } = this;
        await draft.attempt(async () => {
            const { id, ...value } = draft.value;
            // It may have been paused or resumed beside the form.
            const { active } = this.webhooks?.find(({ webhook }) => webhook === id) ?? value;
            const body = { ...value, active, agents: value.agents.filter((agent) => agent !== '') };
            const answer = draft.fresh
                ? await request('POST', '/v1/webhooks', { body })
                : await request('PUT', path`/v1/webhooks/${id}`, { body });
            toast(texts.admin.webhooks.saved, 'good');
            if (answer.secret) {
                this.secrets = [...this.secrets, { secret: answer.secret, url: answer.url }];
            }
            draft.end();
            await this.read();
        });
    }

    render() {
        const say = texts.admin.webhooks;
        return html`<div class="head">
                <h2>${say.title}</h2>
                <button class="main new" @click=${() => this.#open(null)}>${icon('plus')} ${say.create}</button>
            </div>
            <p class="quiet intro">${say.intro}</p>
            <problem-note .problem=${this.problem} retry @retry=${this.read}></problem-note>
            ${this.secrets.map(
                (secret) => html`<secret-once
                    name=${fill(say.secretOf, secret)}
                    .secret=${secret.secret}
                    @kept=${() => (this.secrets = this.secrets.filter((one) => one !== secret))}
                ></secret-once>`,
            )}
            <div class="two ${this.draft.open ? 'open' : ''}">
                ${this.draft.open ? this.#form(say) : nothing}
                <div class="stack">
                    ${this.webhooks === null ? html`<p class="quiet">${texts.admin.loading}</p>` : nothing}
                    ${this.webhooks?.length === 0 ? html`<p class="quiet">${say.none}</p>` : nothing}
                    ${repeat(
                        this.webhooks ?? [],
                        ({ webhook }) => webhook,
                        (webhook) => html`<webhook-card
                            .webhook=${webhook}
                            @edit=${() => this.#open(webhook)}
                            @changed=${this.read}
                            @secret=${(event) => (this.secrets = [...this.secrets, event.detail])}
                        ></webhook-card>`,
                    )}
                </div>
            </div>`;
    }

    #form(say) {
        const { draft } = this;
        const agents = {
            fault: (pointer) => draft.fault(pointer),
            get: (pointer) => draft.get(pointer).join(' '),
            set: (pointer, typed) => draft.set(pointer, typed.split(/[\s,]+/)),
        };
        return html`<form class="card" novalidate aria-labelledby="editing" @submit=${this.#save}>
            <h3 id="editing">${draft.fresh ? say.create : say.edit}</h3>
            <problem-note .problem=${draft.problemBeside(['/url', '/kinds', '/agents', '/description'])}></problem-note>
            ${textField(draft, '/url', say.url, { hint: say.urlHint, longest: 2048, type: 'url' })}
            ${textField(draft, '/description', say.description, { optional: true })}
            ${someField(draft, '/kinds', say.kinds, KINDS.map((kind) => [kind, say.kindWords[kind]]))}
            ${textField(agents, '/agents', say.agents, { hint: say.agentsHint, optional: true, longest: 100_000 })}
            <div class="actions">
                <button class="main" ?disabled=${draft.busy}>${texts.admin.save}</button>
                <button type="button" @click=${() => draft.end()}>${texts.shell.cancel}</button>
            </div>
        </form>`;
    }
}

customElements.define('webhooks-section', WebhooksSection);
