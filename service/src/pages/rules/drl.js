/** How the rules' language is coloured, indented and commented; and where in a rule a place is. */
import { StreamLanguage } from '@codemirror/language';

const KEYWORDS = new Set(['rule', 'when', 'then', 'end', 'not', 'exists', 'timer', 'in', 'contains', 'memberOf']);
const ATOMS = new Set(['true', 'false', 'null']);

/** Reads on to the end of a comment that may go over lines. */
function comment(stream, state) {
    state.comment = !stream.skipTo('*/');
    if (state.comment) {
        stream.skipToEnd();
    } else {
        stream.match('*/');
    }
    return 'comment';
}

function word(stream, state, text) {
    const before = state.before;
    state.before = text;
    if (text.startsWith('$')) {
        return 'variableName.special';
    }
    if (before === '.') {
        return /^[A-Z][A-Z_0-9]*$/.test(text) ? 'atom' : 'variableName.function';
    }
    if (KEYWORDS.has(text)) {
        state.inside = text === 'when' || text === 'then' || (state.inside && text !== 'rule' && text !== 'end');
        return 'keyword';
    }
    if (ATOMS.has(text)) {
        return 'atom';
    }
    if (/^[A-Z]/.test(text)) {
        return 'typeName';
    }
    return text === 'verdict' ? 'variableName.standard' : 'propertyName';
}

export const drl = StreamLanguage.define({
    name: 'drl',
    startState: () => ({ comment: false, inside: false, before: '' }),
    token(stream, state) {
        if (state.comment) {
            return comment(stream, state);
        }
        if (stream.eatSpace()) {
            return null;
        }
        if (stream.match('/*')) {
            return comment(stream, state);
        }
        if (stream.match('//')) {
            stream.skipToEnd();
            return 'comment';
        }
        if (stream.match(/^"[^"]*"?/)) {
            const named = state.before === 'rule';
            state.before = '"';
            return named ? 'heading' : 'string';
        }
        const found = stream.match(/^\$?[A-Za-z_]\w*/);
        if (found) {
            return word(stream, state, found[0]);
        }
        if (stream.match(/^\d+/)) {
            return 'number';
        }
        state.before = stream.next();
        return /[<>=!&|+-]/.test(state.before) ? 'operator' : 'punctuation';
    },
    indent(state, after, context) {
        return state.inside && !/^(?:rule|when|then|end)\b/.test(after) ? context.unit : 0;
    },
    languageData: {
        commentTokens: { block: { open: '/*', close: '*/' } },
        closeBrackets: { brackets: ['(', '"'] },
        indentOnInput: /^\s*(?:when|then|end)$/,
    },
});

/** How many of the last words are kept: enough for a field, its sign and some values. */
const KEPT = 12;

const TOKENS = /\/\*[\s\S]*?(?:\*\/|$)|\/\/.*|"[^"]*(?:"|$)|\$?[A-Za-z_]\w*|[().,;]|[<>=!]+/g;

/**
 * Where a place is: outside of rules, in the `head` of one, in `when` or in `then`; in the parentheses of which words; what
 * stood last before it; which `$names` the rule has given so far.
 * @param {string} before the text before the place
 * @returns {{section: 'outside' | 'head' | 'when' | 'then' | 'comment' | 'text', within: string[], last: string[], names: string[]}}
 */
export function placeAfter(before) {
    let section = 'outside';
    let within = [];
    let names = new Set();
    let last = [];
    for (const [token] of before.matchAll(TOKENS)) {
        if (token.startsWith('/*') || token.startsWith('//')) {
            section = closed(token, before) ? section : 'comment';
            continue;
        }
        if (token.startsWith('"') && (token.length === 1 || !token.endsWith('"'))) {
            return { section: 'text', within, last, names: [] };
        }
        if (token === 'rule') {
            section = 'head';
            within = [];
            names = new Set();
        } else if (token === 'when' || token === 'then') {
            section = token;
            within = [];
        } else if (token === 'end') {
            section = 'outside';
            within = [];
        } else if (token === '(') {
            within.push(last.at(-1) ?? '');
        } else if (token === ')') {
            within.pop();
        } else if (token.startsWith('$')) {
            names.add(token);
        }
        last = [...last.slice(1 - KEPT), token];
    }
    return { section, within, last, names: [...names] };
}

/** Whether a comment, the last thing before a place, is over there. */
function closed(token, before) {
    return token.startsWith('/*') ? token.endsWith('*/') : !before.endsWith(token);
}
