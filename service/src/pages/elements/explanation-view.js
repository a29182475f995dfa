import { css, html, LitElement, nothing } from 'lit';
import { fill, listed, plural, texts } from '../common/texts.js';
import { timeToTheSecond, wholeTime } from '../common/times.js';
import { channelWord, reasonWords, reasonsInWords, statusWord } from '../common/words.js';
import './status-badge.js';
import { tables, words } from './styles.js';

/**
 * Why an agent is what it is, as GET /v1/agents/{agent}/explanation answers it: `<explanation-view .explanation=${document}>`.
 * `zone` is the agent's own, for the hover.
 * The rules speak for themselves, in their own sentences; also for one of the past, which tells of the status alone.
 */
export class ExplanationView extends LitElement {
    static properties = { explanation: { attribute: false }, zone: { type: String } };

    static styles = [
        words,
        tables,
        css`
            :host {
                display: grid;
                gap: var(--gap-5);
                min-width: 0;
            }

            h3 {
                margin-bottom: var(--gap-2);
            }

            .because {
                margin-top: var(--gap-2);
            }

            code {
                padding: 0.05em 0.35em;
                border-radius: 3px;
                background: var(--raised);
                font: 0.85em var(--font-code);
                white-space: nowrap;
            }

            .scroll {
                overflow-x: auto;
            }

            th {
                font-weight: 600;
            }

            .yes {
                color: var(--free);
                font-weight: 600;
            }

            details summary {
                min-height: 1.5rem;
                color: var(--accent);
                cursor: pointer;
            }

            dl {
                display: grid;
                grid-template-columns: max-content 1fr;
                gap: var(--gap-1) var(--gap-4);
                margin-top: var(--gap-2);
                font: var(--small) / 1.4 var(--font-code);
                overflow-wrap: anywhere;
            }

            .changes > li {
                padding: var(--gap-2) 0;
                border-bottom: 1px solid var(--line);
            }

            @media (max-width: 30rem) {
                dl {
                    grid-template-columns: 1fr;
                    gap: 0;
                }

                dd {
                    margin-bottom: var(--gap-2);
                }
            }
        `,
    ];

    render() {
        const explanation = this.explanation;
        if (!explanation) {
            return html`<p class="quiet">${texts.explanation.loading}</p>`;
        }
        // One of the past says its status without the frame of one of now.
        const status = typeof explanation.status === 'string' ? explanation : explanation.status;
        return html`${this.#status(status)} ${explanation.eligibility ? this.#channels(explanation) : nothing}
        ${explanation.changes ? this.#changes(explanation) : nothing}
        ${explanation.rulesRelease
            ? html`<p class="small quiet" title=${wholeTime(explanation.at, this.zone)}>
                  ${fill(texts.explanation.release, { release: explanation.rulesRelease, time: timeToTheSecond(explanation.at) })}
              </p>`
            : nothing}`;
    }

    #status(status) {
        return html`<section>
            <h3>${texts.explanation.status}</h3>
            <p>
                <status-badge .status=${status.status}></status-badge>
                ${status.reasons?.length ? html`<span>${reasonsInWords(status.reasons)}</span>` : nothing}
            </p>
            <p class="because">${this.#rule(status.rule)}</p>
            ${status.lost?.length
                ? html`<details>
                      <summary>${texts.explanation.lost}</summary>
                      <ul>
                          ${status.lost.map((claim) => html`<li><b>${statusWord(claim.status)}</b> ${this.#rule(claim.rule)} ${claim.because}</li>`)}
                      </ul>
                  </details>`
                : nothing}
            ${this.#facts(status.facts)}
        </section>`;
    }

    #rule(rule) {
        return rule ? html`${fill(texts.explanation.becauseRule, rule)} <code title=${rule.file}>${rule.id}</code>` : texts.explanation.noRule;
    }

    #facts(facts) {
        const entries = Object.entries(facts ?? {});
        return entries.length === 0
            ? nothing
            : html`<details>
                  <summary>${texts.explanation.facts}</summary>
                  <dl>${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${factValue(value)}</dd>`)}</dl>
              </details>`;
    }

    #channels({ eligibility, transfer, directChat }) {
        const transfers = new Map(transfer.map((entry) => [entry.channel, entry]));
        return html`<section>
            <h3>${texts.explanation.channels}</h3>
            <div class="scroll" tabindex="0" role="region" aria-label=${texts.explanation.channels}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">${texts.explanation.channel}</th>
                            <th scope="col">${texts.explanation.queueWork}</th>
                            <th scope="col">${texts.explanation.transfers}</th>
                        </tr>
                    </thead>
                    <tbody>
                        ${eligibility.map(
                            (entry) => html`<tr>
                                <th scope="row">${channelWord(entry.channel)}</th>
                                ${entry.handled === false
                                    ? html`<td colspan="2" class="quiet">${texts.explanation.notHandled}</td>`
                                    : html`<td>${this.#whether(entry.eligible || entry.overflow?.open, entry)}</td>
                                          <td>${this.#whether(transfers.get(entry.channel)?.target, transfers.get(entry.channel))}</td>`}
                            </tr>`,
                        )}
                        <tr>
                            <th scope="row">${texts.explanation.directChat}</th>
                            <td colspan="2">
                                ${directChat.possible ? html`<span class="yes">${texts.explanation.can}</span>` : texts.explanation.no}
                                ${directChat.rule ? this.#rule(directChat.rule) : nothing}
                            </td>
                        </tr>
                    </tbody>
                </table>
            </div>
        </section>`;
    }

    #whether(can, entry) {
        if (!entry) {
            return nothing;
        }
        if (can) {
            return html`<span class="yes">${texts.explanation.can}</span> ${entry.overflow?.open ? texts.explanation.overflow : nothing}`;
        }
        const rules = new Map(entry.rules.map((said) => [said.reason, said.rule]));
        return html`<ul>
            ${entry.reasons.map((reason) => {
                const rule = rules.get(reason);
                return html`<li title=${rule?.sentence ?? ''}>${reasonWords(reason)} ${rule ? html`<code>${rule.id}</code>` : nothing}</li>`;
            })}
        </ul>`;
    }

    #changes({ changes, changesLeftOut }) {
        return html`<section>
            <h3>${texts.explanation.changes}</h3>
            ${changes.length === 0 ? html`<p class="quiet">${texts.explanation.noChanges}</p>` : nothing}
            <ul class="changes">
                ${changes.map(
                    ({ steps, leadsTo }) => html`<li>
                        <p><b>${steps.map((step) => step.sentence).join(' ')}</b></p>
                        <p>
                            ${fill(leadsTo.reasons.length ? texts.explanation.leadsToBecause : texts.explanation.leadsTo, {
                                status: statusWord(leadsTo.status),
                                reasons: reasonsInWords(leadsTo.reasons),
                            })};
                            ${leadsTo.eligible.length
                                ? fill(texts.explanation.eligibleFor, { channels: listed(leadsTo.eligible.map(channelWord)) })
                                : texts.explanation.eligibleForNothing}.
                        </p>
                    </li>`,
                )}
            </ul>
            ${changesLeftOut ? html`<p class="small quiet">${plural(changesLeftOut, texts.explanation.changesLeftOut)}</p>` : nothing}
        </section>`;
    }
}

function factValue(value) {
    if (value === null || (Array.isArray(value) && value.length === 0)) {
        return texts.explanation.none;
    }
    if (typeof value === 'boolean') {
        return value ? texts.explanation.yes : texts.explanation.no;
    }
    return Array.isArray(value) ? value.map(factValue).join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

customElements.define('explanation-view', ExplanationView);
