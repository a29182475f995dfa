import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../common/icons.js';
import { fill, listed, plural, texts } from '../common/texts.js';
import { capabilityWord, reasonsInWords } from '../common/words.js';
import '../elements/problem-note.js';
import '../elements/status-badge.js';
import { cards, controls, tables, words } from '../elements/styles.js';
import '../elements/time-text.js';
import { checks } from './checks.js';
import './findings-list.js';
import { PAGE, preview } from './preview.js';
import { Following, studio } from './studio.js';

const among = (some, others) => some.filter((one) => !others.includes(one)).map(capabilityWord);

/** What changes of an agent beside the status, a few words each. @returns {string[]} */
function others(before, after) {
    const capabilities = (text, found) => (found.length > 0 ? [fill(text, { channels: listed(found) })] : []);
    const rank = (one) => one.rank ?? texts.rules.noRank;
    return [
        ...capabilities(texts.rules.gains, among(after.eligible, before.eligible)),
        ...capabilities(texts.rules.loses, among(before.eligible, after.eligible)),
        ...capabilities(texts.rules.gainsTransfer, among(after.transferTarget, before.transferTarget)),
        ...capabilities(texts.rules.losesTransfer, among(before.transferTarget, after.transferTarget)),
        ...(before.rank === after.rank ? [] : [fill(texts.rules.rankMoves, { from: rank(before), to: rank(after) })]),
        ...(before.directChat === after.directChat ? [] : [after.directChat ? texts.rules.chatGains : texts.rules.chatLoses]),
    ];
}

/** The rules that make the difference. One that fires before and after is the same rule, saying something else. */
function reasons(rules) {
    return [...Map.groupBy(rules, ({ rule }) => rule).values()].map((same) => (same.length > 1 ? { ...same.at(-1), fires: 'OTHERWISE' } : same[0]));
}

/** Whom the draft would change, from what to what and why. Fires `on` when somebody goes on to the release. */
export class PreviewView extends LitElement {
    static styles = [
        words,
        controls,
        cards,
        tables,
        css`
            .card,
            .figures {
                display: grid;
                gap: var(--gap-3);
            }

            .actions {
                min-height: var(--target);
            }

            .big {
                font-size: var(--large);
                font-weight: 600;
            }

            .move {
                display: flex;
                flex-wrap: wrap;
                align-items: center;
                gap: var(--gap-2);
            }

            .table {
                overflow-x: auto;
            }

            th {
                color: var(--quiet);
                font-size: var(--small);
            }

            td:first-child {
                font-weight: 600;
            }

            .reasons {
                display: block;
            }
        `,
    ];

    constructor() {
        super();
        new Following(this, studio);
        new Following(this, preview);
    }

    render() {
        return html`<section class="card" aria-labelledby="title">
            <h2 id="title">${texts.rules.previewTitle}</h2>
            <p>${texts.rules.previewText}</p>
            ${studio.changedFiles.length === 0 ? html`<p class="quiet">${texts.rules.previewNothing}</p>` : this.#preview()}
        </section>`;
    }

    #preview() {
        const { said, making, problem, holds } = preview;
        return html`<div class="actions">
                <button class="main" ?disabled=${making} aria-busy=${making} @click=${() => preview.make()}>
                    ${icon('eye')}${said ? texts.rules.previewAgain : texts.rules.preview}
                </button>
                ${making ? html`<progress aria-label=${texts.rules.previewing}></progress>` : nothing}
                ${holds && !making
                    ? html`<button @click=${() => this.dispatchEvent(new Event('on'))}>${texts.rules.toRelease}${icon('arrow-right')}</button>`
                    : nothing}
            </div>
            ${problem ? html`<problem-note .problem=${problem} retry @retry=${() => preview.make()}></problem-note>` : nothing}
            ${problem?.document?.report
                ? html`<findings-list
                      .faults=${checks.proof?.report.faults ?? []}
                      @go=${({ detail }) => this.dispatchEvent(new CustomEvent('go', { detail }))}
                  ></findings-list>`
                : nothing}
            ${said && !problem ? this.#said(said) : nothing}`;
    }

    #said(said) {
        return html`<div class="figures" role="status">
                ${preview.holds ? nothing : html`<p>${texts.rules.previewStale}</p>`}
                <p class="big number">${plural(said.changed, texts.rules.previewFigures, { agents: said.agents.toLocaleString(texts.locale) })}</p>
                <p class="quiet small">${texts.rules.previewAt} <time-text at=${said.at} seconds></time-text></p>
                <ul>
                    ${said.statuses.map(
                        ({ from, to, agents }) =>
                            html`<li class="move">
                                <span class="number">${plural(agents, texts.rules.statusMoves)}</span>
                                <status-badge status=${from}></status-badge>
                                ${icon('arrow-right')}<span class="unseen">${texts.rules.becomes}</span>
                                <status-badge status=${to}></status-badge>
                            </li>`,
                    )}
                </ul>
                ${this.#tally(texts.rules.tallyEligible, said.eligible)} ${this.#tally(texts.rules.tallyTransfer, said.transferTargets)}
                ${said.staffing.map(({ queue, capability, after }) => {
                    const text = after > 0 ? texts.rules.staffingGains : texts.rules.staffingLoses;
                    return html`<p class="move">${icon('triangle-alert')}${fill(text, { queue, channel: capabilityWord(capability) })}</p>`;
                })}
            </div>
            ${said.changed > 0 ? html`${this.#table(said)} ${this.#pager(said)}` : nothing}`;
    }

    #tally(title, tally) {
        const moved = Object.entries(tally).filter(([, { gained, lost }]) => gained + lost > 0);
        return moved.length === 0
            ? nothing
            : html`<p class="number">
                  <b>${title}:</b>
                  ${moved.map(([capability, count]) => fill(texts.rules.tally, { channel: capabilityWord(capability), ...count })).join('; ')}
              </p>`;
    }

    #table(said) {
        return html`<div class="table" role="region" aria-label=${texts.rules.previewTable} tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">${texts.rules.agent}</th>
                        <th scope="col">${texts.rules.now}</th>
                        <th scope="col">${texts.rules.then}</th>
                        <th scope="col">${texts.rules.else}</th>
                        <th scope="col">${texts.rules.why}</th>
                    </tr>
                </thead>
                <tbody>
                    ${said.changes.map((change) => this.#row(change))}
                </tbody>
            </table>
        </div>`;
    }

    #row({ agent, name, before, after, rules }) {
        const stays = before.status === after.status && before.reasons.join() === after.reasons.join();
        return html`<tr>
            <td>${name}${name === agent ? nothing : html` <span class="quiet small">${agent}</span>`}</td>
            <td>${this.#outcome(before)}</td>
            <td>${stays ? html`<span class="quiet">${texts.rules.sameStatus}</span>` : this.#outcome(after)}</td>
            <td>${others(before, after).join('; ')}</td>
            <td>
                <ul>
                    ${reasons(rules).map(
                        ({ rule, sentence, fires }) =>
                            html`<li>${fill(texts.rules.fires[fires], { sentence })} <code class="small quiet">${rule}</code></li>`,
                    )}
                </ul>
            </td>
        </tr>`;
    }

    #outcome({ status, reasons }) {
        return html`<status-badge status=${status}></status-badge
            ><span class="reasons small quiet">${reasonsInWords(reasons)}</span>`;
    }

    #pager(said) {
        const all = Math.ceil(said.changed / PAGE);
        return all < 2
            ? nothing
            : html`<div class="actions">
                  <button ?disabled=${preview.page === 1 || preview.making} @click=${() => preview.previous()}>
                      ${icon('chevron-left')}${texts.rules.previousPage}
                  </button>
                  <span class="number">${fill(texts.rules.page, { page: preview.page, pages: all })}</span>
                  <button ?disabled=${!said.nextCursor || preview.making} @click=${() => preview.next()}>
                      ${texts.rules.nextPage}${icon('chevron-right')}
                  </button>
              </div>`;
    }
}

customElements.define('preview-view', PreviewView);
