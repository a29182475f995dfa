/** Draws the handbook: headings, paragraphs, lists, tables and code, which is all of Markdown that it uses. */
import { html, nothing } from 'lit';
import { join } from 'lit/directives/join.js';

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)/g;

/** What a heading is called in links to it. @param {string} text */
const anchor = (text) =>
    text
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replace(/\s/g, '-');

/** Words, code and links of a line. Links that lead out of the handbook are drawn as their words. @param {string} text */
function inline(text) {
    const parts = [];
    let end = 0;
    for (const found of text.matchAll(INLINE)) {
        const [whole, code, strong, emphasis, label, target] = found;
        parts.push(text.slice(end, found.index));
        end = found.index + whole.length;
        if (code) {
            // A path may be broken after a slash.
            parts.push(html`<code>${join(code.replaceAll('\\|', '|').split(/(?<=\/)/), html`<wbr />`)}</code>`);
        } else if (strong) {
            parts.push(html`<b>${inline(strong)}</b>`);
        } else if (emphasis) {
            parts.push(html`<em>${inline(emphasis)}</em>`);
        } else {
            parts.push(target.startsWith('#') ? html`<a href=${target}>${inline(label)}</a>` : inline(label));
        }
    }
    parts.push(text.slice(end));
    return parts;
}

/** The cells of a row of a table; a bar behind a backslash is none of its edges. @param {string} row */
const cells = (row) =>
    row
        .replace(/^\||\|$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim());

/** How many levels deeper headings are than they say, since the page has a heading of its own. */
function heading(level, text) {
    const id = anchor(text);
    return level === 1
        ? nothing
        : level === 2
          ? html`<h3 id=${id}>${inline(text)}</h3>`
          : level === 3
            ? html`<h4 id=${id}>${inline(text)}</h4>`
            : html`<h5 id=${id}>${inline(text)}</h5>`;
}

function table([head, , ...rows]) {
    return html`<div class="table">
        <table>
            <thead>
                <tr>
                    ${cells(head).map((cell) => html`<th scope="col">${inline(cell)}</th>`)}
                </tr>
            </thead>
            <tbody>
                ${rows.map(
                    (row) =>
                        html`<tr>
                            ${cells(row).map((cell) => html`<td>${inline(cell)}</td>`)}
                        </tr>`,
                )}
            </tbody>
        </table>
    </div>`;
}

const list = (lines) =>
    html`<ul>
        ${lines
            .join('\n')
            .split(/^- /m)
            .slice(1)
            .map((item) => html`<li>${inline(item.replace(/\n\s*/g, ' '))}</li>`)}
    </ul>`;

/** The lines from here on for as long as it holds of them. @param {string[]} lines @param {(line: string) => boolean} holds */
function run(lines, from, holds) {
    let end = from;
    while (end < lines.length && holds(lines[end])) {
        end++;
    }
    return lines.slice(from, end);
}

const begins = /^(?:#|\||- |```|<!--|\s*$)/;

/** @param {string} text @returns {unknown[]} what Lit draws */
export function markdown(text) {
    const lines = text.split('\n');
    const drawn = [];
    for (let at = 0; at < lines.length; ) {
        const line = lines[at];
        if (line.startsWith('```')) {
            const code = run(lines, at + 1, (one) => !one.startsWith('```'));
            drawn.push(html`<pre tabindex="0"><code>${code.join('\n')}</code></pre>`);
            at += code.length + 2;
        } else if (line.startsWith('|')) {
            const rows = run(lines, at, (one) => one.startsWith('|'));
            drawn.push(table(rows));
            at += rows.length;
        } else if (line.startsWith('- ')) {
            const items = run(lines, at, (one) => /^(?:- | +\S)/.test(one));
            drawn.push(list(items));
            at += items.length;
        } else if (line.startsWith('#')) {
            const [, signs, words] = /^(#+)\s+(.*)$/.exec(line);
            drawn.push(heading(signs.length, words));
            at++;
        } else if (begins.test(line)) {
            at++;
        } else {
            const words = run(lines, at, (one) => !begins.test(one));
            drawn.push(html`<p>${inline(words.join(' '))}</p>`);
            at += words.length;
        }
    }
    return drawn;
}
