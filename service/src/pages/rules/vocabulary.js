/** The words that rules are written in, as GET /v1/rules/vocabulary tells them: each with its sentence. */
import { get } from '../common/api.js';
import { fill, texts } from '../common/texts.js';

/** @typedef {{kind: string, name: string, signature: string, sentence: string}} Word */

/** What a value is, in the words of an analyst: yes or no, a number, one of ProfileType. */
function sort({ type, of, nullable }) {
    const word = of ? fill(texts.rules.sortsOf[type] ?? texts.rules.sorts[type] ?? type, { of }) : (texts.rules.sorts[type] ?? type);
    return nullable ? fill(texts.rules.orNull, { sort: word }) : word;
}

const argument = (takes) => (takes.type === 'SET' ? fill(texts.rules.sortsOf.SET, { of: takes.of }) : (takes.of ?? texts.rules.sorts[takes.type]));

const called = (name, takes) => (takes.length === 0 ? `${name}()` : `${name}( ${takes.map(argument).join(', ')} )`);

export class Vocabulary {
    /** What the service says of each fact. @type {Map<string, any>} */
    #factDocuments;

    /** @param {any} document */
    constructor(document) {
        this.timer = document.timer;
        /** @type {Word[]} */
        this.facts = document.facts.map(({ name, meaning }) => ({ kind: 'fact', name, signature: `${name}( )`, sentence: meaning }));
        this.#factDocuments = new Map(document.facts.map((fact) => [fact.name, fact]));
        /** @type {Word[]} */
        this.lists = document.lists.map(({ name, meaning }) => ({ kind: 'list', name, signature: name, sentence: meaning }));
        /** @type {Map<string, Word[]>} */
        this.values = new Map(
            document.lists.map((list) => [
                list.name,
                list.values.map(({ name, meaning }) => ({ kind: 'value', name, signature: `${list.name}.${name}`, sentence: meaning })),
            ]),
        );
        /** @type {Word[]} */
        this.operators = document.operators.map(({ sign, meaning, example }) => ({
            kind: 'operator',
            name: sign,
            signature: example,
            sentence: meaning,
        }));
        /** @type {(Word & {takes: any[]})[]} */
        this.conclusions = document.conclusions.map(({ name, takes, about, meaning }) => ({
            kind: 'conclusion',
            name,
            takes,
            signature: `verdict.${called(name, takes)}`,
            sentence: fill(texts.rules.concludes, { about, meaning }),
        }));
    }

    isFact(name) {
        return this.#factDocuments.has(name);
    }

    /** What can be read of a fact. @param {string} fact @returns {(Word & {of?: string})[]} */
    fields(fact) {
        const document = this.#factDocuments.get(fact);
        return [
            ...(document?.fields ?? []).map((field) => ({
                kind: 'field',
                name: field.name,
                of: field.of,
                signature: `${field.name}: ${sort(field)}`,
                sentence: field.meaning,
            })),
            ...(document?.questions ?? []).map((question) => ({
                kind: 'question',
                name: question.name,
                signature: `${called(question.name, question.takes)}: ${sort(question)}`,
                sentence: question.meaning,
            })),
        ];
    }

    /**
     * Everything that a word can mean where it stands.
     * @param {string} word
     * @param {string} owner the word before the dot before it, if there is one
     * @param {string | undefined} fact the fact in whose parentheses it stands
     * @returns {Word[]}
     */
    meanings(word, owner, fact) {
        const same = ({ name }) => name === word;
        if (owner === 'verdict') {
            return this.conclusions.filter(same);
        }
        if (this.values.has(owner)) {
            return this.values.get(owner).filter(same);
        }
        const fields = fact ? this.fields(fact).filter(same) : [];
        return fields.length > 0 ? fields : [...this.facts, ...this.lists, ...this.operators].filter(same);
    }

    /** What a word of an example can mean: a value, of whichever list, or a field of the agent. @param {string} word @returns {Word[]} */
    meaningsInExamples(word) {
        const values = [...this.values.values()].flat().filter(({ name }) => name === word);
        return values.length > 0 ? values : this.fields('Agent').filter(({ name }) => name === word);
    }
}

let known;

/** Asked once; it is the same as long as the program is. @returns {Promise<Vocabulary>} */
export function vocabulary() {
    known ??= get('/v1/rules/vocabulary').then(
        (document) => new Vocabulary(document),
        (problem) => {
            known = undefined;
            throw problem;
        },
    );
    return known;
}
