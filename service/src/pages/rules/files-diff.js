import { css, html, LitElement, nothing } from 'lit';
import { plural, texts } from '../common/texts.js';
import { words } from '../elements/styles.js';
import { difference, withContext } from './diff.js';
import { differing } from './studio.js';

/** What differs between two sets of files, file by file and line by line: `<files-diff .before=${files} .after=${files}>`. */
export class FilesDiff extends LitElement {
    static properties = { before: { attribute: false }, after: { attribute: false } };

    static styles = [
        words,
        css`
            :host {
                display: grid;
                gap: var(--gap-4);
                min-width: 0;
            }

            section {
                min-width: 0;
                border: 1px solid var(--line);
                border-radius: var(--round);
                overflow: clip;
            }

            header {
                display: flex;
                flex-wrap: wrap;
                gap: 0 var(--gap-3);
                padding: var(--gap-2) var(--gap-3);
                border-bottom: 1px solid var(--line);
                background: var(--raised);
            }

            h3 {
                font-family: var(--font-code);
                overflow-wrap: anywhere;
            }

            .lines {
                overflow-x: auto;
                background: var(--surface);
            }

            table {
                width: 100%;
                border-collapse: collapse;
                font: var(--small) / 1.5 var(--font-code);
            }

            td {
                padding: 0 var(--gap-2);
                white-space: pre-wrap;
                vertical-align: top;
            }

            .at {
                width: 1%;
                color: var(--quiet);
                text-align: right;
                font-variant-numeric: tabular-nums;
                user-select: none;
            }

            .sign {
                width: 1%;
                font-weight: 700;
            }

            .more {
                background: var(--good-soft);
            }

            .more .at,
            .less .at {
                color: var(--ink);
            }

            .less {
                background: var(--bad-soft);
            }

            .alike td {
                padding: var(--gap-1) var(--gap-3);
                color: var(--quiet);
                font-family: var(--font);
            }
        `,
    ];

    render() {
        const paths = differing(this.before, this.after);
        return paths.length === 0
            ? html`<p class="quiet">${texts.rules.noDifferences}</p>`
            : paths.map((path) => this.#file(path, difference(this.before.get(path), this.after.get(path))));
    }

    #file(path, all) {
        const count = (sign) => all.filter((line) => line.sign === sign).length;
        const [more, less] = [count('+'), count('-')];
        return html`<section aria-label=${path}>
            <header>
                <h3>${path}</h3>
                <span class="quiet"
                    >${[
                        ...(more > 0 ? [plural(more, texts.rules.linesAdded)] : []),
                        ...(less > 0 ? [plural(less, texts.rules.linesRemoved)] : []),
                    ].join(', ')}</span
                >
            </header>
            <div class="lines">
                <table>
                    <thead class="unseen">
                        <tr>
                            <th scope="col">${texts.rules.lineBefore}</th>
                            <th scope="col">${texts.rules.lineAfter}</th>
                            <th scope="col">±</th>
                            <th scope="col">${texts.rules.lineText}</th>
                        </tr>
                    </thead>
                    <tbody>
                        ${withContext(all).map((line) => this.#line(line))}
                    </tbody>
                </table>
            </div>
        </section>`;
    }

    #line(line) {
        if ('alike' in line) {
            return html`<tr class="alike"><td colspan="4">… ${plural(line.alike, texts.rules.linesEqual)}</td></tr>`;
        }
        const kind = { '+': 'more', '-': 'less', ' ': '' }[line.sign];
        const word = { '+': texts.rules.lineAdded, '-': texts.rules.lineRemoved }[line.sign];
        return html`<tr class=${kind}>
            <td class="at">${line.before ?? ''}</td>
            <td class="at">${line.after ?? ''}</td>
            <td class="sign">${word ? html`<span aria-hidden="true">${line.sign}</span><span class="unseen">${word}</span>` : nothing}</td>
            <td>${line.text}</td>
        </tr>`;
    }
}

customElements.define('files-diff', FilesDiff);
