import { css, html, LitElement, nothing } from 'lit';
import { path, request } from '../common/api.js';
import { icon } from '../common/icons.js';
import { fill, listed, plural, texts } from '../common/texts.js';
import { ask } from '../elements/confirm-dialog.js';
import '../elements/problem-note.js';
import { cards, controls, words } from '../elements/styles.js';
import '../elements/time-text.js';
import { toast } from '../elements/toasts.js';
import './dead-letters.js';
import { sections } from './sections.js';

/**
 * One webhook: where it leads, what waits, what did not arrive, and what can be done with it. Fires `edit`; `changed` when
 * it is another; `secret` with a new one.
 */
export class WebhookCard extends LitElement {
    static properties = { webhook: { attribute: false }, tried: { state: true }, busy: { state: true }, problem: { state: true } };

    static styles = [
        words,
        controls,
        cards,
        sections,
        css`
            .card {
                display: grid;
                gap: var(--gap-3);
                min-width: 0;
            }

            h3 {
                overflow-wrap: anywhere;
            }

            .state {
                display: inline-flex;
                align-items: center;
                gap: var(--gap-2);
                font-weight: 600;
            }

            .on {
                color: var(--good);
            }

            .off {
                color: var(--warn);
            }

            .numbers {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-1) var(--gap-4);
            }

            .numbers div {
                display: flex;
                gap: var(--gap-2);
            }

            dt {
                color: var(--quiet);
            }

            .failed {
                display: flex;
                gap: var(--gap-2);
                overflow-wrap: anywhere;
            }

            .failed .icon {
                color: var(--bad);
            }
        `,
    ];

    #address(rest = '') {
        return path`/v1/webhooks/${this.webhook.webhook}` + rest;
    }

    /** Does one thing at a time; a refusal stands in the card. @param {() => Promise<void>} act */
    async #attempt(act) {
        this.busy = true;
        this.problem = null;
        try {
            await act();
        } catch (problem) {
            this.problem = problem;
        }
        this.busy = false;
        this.dispatchEvent(new Event('changed'));
    }

    #try() {
        this.tried = null;
        return this.#attempt(async () => {
            this.tried = await request('POST', this.#address('/test'));
        });
    }

    #pause() {
        const { url, kinds, agents, description, active } = this.webhook;
        return this.#attempt(async () => {
            await request('PUT', this.#address(), { body: { url, kinds, agents, description, active: !active } });
        });
    }

    async #newSecret() {
        const say = texts.admin.webhooks;
        if (await ask({ title: say.newSecretAsk, text: say.newSecretText, yes: say.newSecret })) {
            await this.#attempt(async () => {
                const { secret } = await request('POST', this.#address('/secret'));
                this.dispatchEvent(new CustomEvent('secret', { detail: { secret, url: this.webhook.url } }));
            });
        }
    }

    async #delete() {
        const say = texts.admin.webhooks;
        const yes = await ask({ title: fill(say.deleteAsk, this.webhook), text: say.deleteText, yes: texts.admin.delete, danger: true });
        if (yes) {
            await this.#attempt(async () => {
                await request('DELETE', this.#address());
                toast(say.deleted, 'good');
            });
        }
    }

    render() {
        const say = texts.admin.webhooks;
        const { webhook } = this;
        return html`<article class="card" aria-labelledby="url">
            <div class="head">
                <h3 id="url">${webhook.url}</h3>
                <span class="state ${webhook.active ? 'on' : 'off'}">${icon(webhook.active ? 'circle-check' : 'circle-pause')} ${webhook.active ? say.active : say.paused}</span>
            </div>
            ${webhook.description ? html`<p>${webhook.description}</p>` : nothing}
            <p class="small quiet">
                ${listed(webhook.kinds.map((kind) => say.kindWords[kind] ?? kind))}${webhook.agents.length > 0 ? ` · ${webhook.agents.join(' ')}` : nothing}
            </p>
            <dl class="numbers number">
                <div><dt>${say.pending}</dt><dd>${webhook.pending}</dd></div>
                <div><dt>${say.deadLetters}</dt><dd>${webhook.deadLetters}</dd></div>
                <div><dt>${say.lost}</dt><dd>${webhook.lost}</dd></div>
                <div><dt>${say.lastDeliveredAt}</dt><dd>${webhook.lastDeliveredAt ? html`<time-text at=${webhook.lastDeliveredAt}></time-text>` : say.never}</dd></div>
            </dl>
            ${webhook.lastFailure
                ? html`<p class="failed">
                      ${icon('triangle-alert')}<span>${say.lastFailure} <time-text at=${webhook.lastFailure.at}></time-text>: ${webhook.lastFailure.error}</span>
                  </p>`
                : nothing}
            <problem-note .problem=${this.problem}></problem-note>
            <p role="status">${this.tried ? this.#howItCameOut(say) : nothing}</p>
            <div class="actions">
                <button ?disabled=${this.busy} aria-busy=${this.busy ? 'true' : 'false'} @click=${this.#try}>${icon('send')} ${say.try}</button>
                <button ?disabled=${this.busy} @click=${this.#pause}>
                    ${icon(webhook.active ? 'pause' : 'play')} ${webhook.active ? say.pause : say.resume}
                </button>
                <button @click=${() => this.dispatchEvent(new Event('edit'))}>${icon('pencil')} ${texts.admin.edit}</button>
                <button ?disabled=${this.busy} @click=${this.#newSecret}>${icon('key')} ${say.newSecret}</button>
                <button class="danger" ?disabled=${this.busy} @click=${this.#delete}>${icon('trash-2')} ${texts.admin.delete}</button>
            </div>
            ${webhook.deadLetters > 0
                ? html`<dead-letters
                      .address=${this.#address('/dead-letters')}
                      .count=${webhook.deadLetters}
                      @changed=${() => this.dispatchEvent(new Event('changed'))}
                  ></dead-letters>`
                : nothing}
        </article>`;
    }

    #howItCameOut(say) {
        const { arrived, status, error, milliseconds } = this.tried;
        return html`<span class="state ${arrived ? 'on' : 'off'}"
            >${icon(arrived ? 'circle-check' : 'circle-x')} ${arrived
                ? fill(say.arrived, { status, time: plural(milliseconds, say.milliseconds) })
                : fill(say.didNotArrive, { error: error ?? status })}</span
        >`;
    }
}

customElements.define('webhook-card', WebhookCard);
