/** What can be written at a place of the rules or of their examples, and what a word there means. */
import { selectedCompletion, snippetCompletion } from '@codemirror/autocomplete';
import { hoverTooltip } from '@codemirror/view';
import { texts } from '../common/texts.js';
import { placeAfter } from './drl.js';

/** @typedef {import('./vocabulary.js').Vocabulary} Vocabulary */
/** @typedef {import('./vocabulary.js').Word} Word */

const WORD = /\$?\w+/;
const RULE_ID = /[A-Z]+-\d{3}/;

/** A text in which words of the rules stand between backticks. @param {string} sentence */
function sentence(text) {
    const paragraph = document.createElement('p');
    text.split('`').forEach((part, index) => {
        const node = index % 2 === 1 ? document.createElement('code') : document.createElement('span');
        node.textContent = part;
        paragraph.append(node);
    });
    return paragraph;
}

/** @param {Word} word */
function explained(word) {
    const box = document.createElement('div');
    const code = document.createElement('code');
    code.textContent = word.signature;
    box.className = 'cm-word';
    box.append(code, sentence(word.sentence));
    return box;
}

/** @param {Word} word @param {string} [apply] a template, with `${}` where one goes on writing */
function option(word, apply, boost = 0) {
    const plain = { label: word.name, type: word.kind, detail: texts.rules.kinds[word.kind], info: () => explained(word), boost };
    return apply === undefined ? plain : snippetCompletion(apply, plain);
}

/** @param {string} label @param {string} [apply] a template, with `${}` where one goes on writing */
function keyword(label, apply) {
    const plain = { label, type: 'keyword', detail: texts.rules.kinds.keyword };
    return apply === undefined ? plain : snippetCompletion(apply, plain);
}

/** Whether what would be chosen stands before the cursor as it is. @param {import('@codemirror/state').EditorState} state */
export function isWhole(state) {
    const chosen = selectedCompletion(state);
    const { head } = state.selection.main;
    return chosen !== null && !chosen.apply && state.sliceDoc(state.doc.lineAt(head).from, head).endsWith(chosen.label);
}

/** All conclusions, each way to write them. @param {Vocabulary} words */
const conclusions = (words) =>
    words.conclusions.map((word) => ({
        ...option(word, word.takes.length === 0 ? `${word.name}();` : `${word.name}( \${} );`),
        displayLabel: word.signature.replace('verdict.', ''),
    }));

const valuesOf = (words, list) => (words.values.get(list) ?? []).map((word) => option({ ...word, name: word.signature }, undefined, 10));

/** What can stand between the parentheses of a fact. */
function conditions(words, fact, { within, last, names }) {
    const fields = words.fields(fact);
    const read = last.findLast((token) => fields.some(({ name }) => name === token));
    const comparing = within.at(-1) === 'in' || /^(?:[=!]=|contains)$/.test(last.at(-1) ?? '');
    return [
        ...(comparing ? valuesOf(words, fields.find(({ name }) => name === read)?.of) : []),
        ...fields.map((word) => option(word, word.kind === 'question' ? `${word.name}( \${} )` : undefined)),
        ...names.map((name) => ({ label: name, type: 'variable' })),
        ...words.lists.map((word) => option(word)),
        ...words.operators.filter(({ name }) => /^\w/.test(name)).map((word) => option(word)),
    ];
}

const aRule = (words) => [
    keyword('rule', 'rule "${TOPIC-010} ${A sentence}"\nwhen\n    Agent( ${} )\nthen\n    verdict.${};\nend'),
    keyword('when'),
    option({ kind: 'keyword', name: words.timer, signature: words.timer, sentence: texts.rules.timer }),
];

/** What stands before the dot before a place; empty if there is none. */
const ownerIn = (before, { last }) => (before.endsWith('.') ? (last.at(-2) ?? '') : '');

const factIn = (words, { within }) => within.find((name) => words.isFact(name));

/** @param {() => Vocabulary | undefined} vocabulary */
export const completeRules = (vocabulary) => (context) => {
    const words = vocabulary();
    const found = context.matchBefore(WORD);
    const from = found?.from ?? context.pos;
    const before = context.state.sliceDoc(0, from);
    if (!words || (!found && !context.explicit && !before.endsWith('.'))) {
        return null;
    }
    const place = placeAfter(before);
    const options = optionsAt(words, place, ownerIn(before, place));
    return options.length === 0 ? null : { from, options, validFor: /^\$?\w*$/ };
};

function optionsAt(words, place, owner) {
    if (place.section === 'comment' || place.section === 'text') {
        return [];
    }
    if (owner === 'verdict') {
        return conclusions(words);
    }
    if (words.values.has(owner)) {
        return words.values.get(owner).map((word) => option(word));
    }
    if (owner !== '') {
        return [keyword('size')];
    }
    const fact = factIn(words, place);
    if (place.section === 'when') {
        return fact
            ? conditions(words, fact, place)
            : [...words.facts.map((word) => option(word, `${word.name}( \${} )`)), keyword('not'), keyword('exists'), keyword('then')];
    }
    if (place.section === 'then') {
        return place.within.length > 0
            ? [...words.lists.flatMap(({ name }) => valuesOf(words, name)), ...place.names.map((name) => ({ label: name, type: 'variable' }))]
            : [keyword('verdict', 'verdict.${}'), keyword('end')];
    }
    return aRule(words);
}

/** The rules of a file, each id with its sentence. @param {string} rules @returns {Word[]} */
function rulesIn(rules) {
    return Array.from(rules.matchAll(/^rule\s+"([A-Z]+-\d{3})\s+([^"]*)"/gm), ([, name, says]) => ({
        kind: 'rule',
        name,
        signature: name,
        sentence: says,
    }));
}

/** What stands at the beginning of a line of an example, with the rest of it. */
const exampleKeys = () => [
    keyword('- scenario', '- scenario: ${What it shows}\n  agent: { ${} }\n  expect: { ${} }\n  fired: ${none}'),
    ...Object.entries(texts.rules.exampleKeys).map(([label, says]) => ({
        ...snippetCompletion(`${label}: \${}`, { label, type: 'keyword', detail: texts.rules.kinds.keyword }),
        info: () => sentence(says),
    })),
];

/** @param {() => Vocabulary | undefined} vocabulary @param {() => string} rules the rules beside the examples */
export const completeExamples = (vocabulary, rules) => (context) => {
    const words = vocabulary();
    const found = context.matchBefore(/[\w-]+/);
    if (!words || (!found && !context.explicit)) {
        return null;
    }
    const from = found?.from ?? context.pos;
    const line = context.state.sliceDoc(context.state.doc.lineAt(from).from, from);
    const options = /^\s*(?:-\s*)?$/.test(line)
        ? exampleKeys()
        : [
              ...rulesIn(rules()).map((word) => option(word, undefined, /^\s*(?:fired|nearMiss):/.test(line) ? 20 : -20)),
              ...words.fields('Agent').map((word) => option(word)),
              ...[...words.values.values()].flat().map((word) => ({ ...option(word), detail: word.signature.split('.')[0] })),
          ];
    return { from, options, validFor: /^[\w-]*$/ };
};

/** A box at a word of a line that says what it means. */
function hover(pattern, meanings) {
    return hoverTooltip((view, position) => {
        const line = view.state.doc.lineAt(position);
        for (const found of line.text.matchAll(new RegExp(pattern, 'g'))) {
            const from = line.from + found.index;
            const to = from + found[0].length;
            const known = from <= position && position <= to ? meanings(found[0], view.state, from) : [];
            if (known.length > 0) {
                return {
                    pos: from,
                    end: to,
                    above: true,
                    create() {
                        const dom = document.createElement('div');
                        dom.append(...known.map(explained));
                        return { dom };
                    },
                };
            }
        }
        return null;
    });
}

/** @param {() => Vocabulary | undefined} vocabulary */
export const hoverRules = (vocabulary) =>
    hover(/\$?\w+|[<>=!]+/, (word, state, from) => {
        const before = state.sliceDoc(0, from);
        const place = placeAfter(before);
        const words = vocabulary();
        if (!words || place.section === 'comment' || place.section === 'text') {
            return [];
        }
        return words.meanings(word, ownerIn(before, place), factIn(words, place));
    });

/** @param {() => Vocabulary | undefined} vocabulary @param {() => string} rules */
export const hoverExamples = (vocabulary, rules) =>
    hover(new RegExp(`${RULE_ID.source}|${WORD.source}`), (word) => [
        ...rulesIn(rules()).filter(({ name }) => name === word),
        ...(vocabulary()?.meaningsInExamples(word) ?? []),
    ]);
