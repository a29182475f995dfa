import { css, html, LitElement } from 'lit';
import { texts } from '../common/texts.js';
import { durationMillis } from '../common/times.js';
import '../elements/live-timer.js';
import { cards, words } from '../elements/styles.js';

/** The agent's own timers; each has its place, so that nothing moves when one begins. Those of conversations are with them. */
export class AgentTimers extends LitElement {
    static properties = { presence: { attribute: false } };

    static styles = [
        words,
        cards,
        css`
            dl {
                display: grid;
                grid-template-columns: 1fr max-content;
                gap: var(--gap-2) var(--gap-4);
            }

            dd {
                justify-self: end;
            }

            live-timer {
                font-size: var(--large);
            }
        `,
    ];

    render() {
        const { timers, expiresAt, timeZone } = this.presence;
        return html`<section class="card">
            <h2>${texts.agent.timers}</h2>
            <dl>
                ${['NOT_READY', 'ABSENT', 'RETURN'].map((name) => {
                    const timer = timers.find((one) => one.timer === name);
                    const isBack = name === 'RETURN';
                    return html`<dt>${texts.timers[name]}</dt>
                        <dd data-timer=${name}>
                            ${timer
                                ? html`<live-timer
                                      .since=${isBack ? undefined : timer.startedAt}
                                      .until=${isBack ? expiresAt : undefined}
                                      .limit=${isBack ? 0 : durationMillis(timer.limit)}
                                      .zone=${timeZone}
                                  ></live-timer>`
                                : html`<span class="quiet">${texts.agent.notRunning}</span>`}
                        </dd>`;
                })}
            </dl>
        </section>`;
    }
}

customElements.define('agent-timers', AgentTimers);
