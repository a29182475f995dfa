import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit, StreamLanguage } from '@codemirror/language';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorSelection, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { css, html, LitElement } from 'lit';
import { texts } from '../common/texts.js';
import { completeExamples, completeRules, hoverExamples, hoverRules, isWhole } from './completion.js';
import { drl } from './drl.js';
import { looks } from './editor-theme.js';
import { outcomeGutter, tellOutcomes } from './outcomes.js';

const yamlLanguage = StreamLanguage.define(yaml);

/** Enter ends the line when the word is written already, whatever could still be chosen. */
const endsLine = {
    key: 'Enter',
    run(view) {
        if (isWhole(view.state)) {
            closeCompletion(view);
        }
        return false;
    },
};

/**
 * What is typed stands before the cursor. Chromium says now and then, when the first sign is typed into an empty line, that the
 * cursor is where it was; the rest of the word would be written before that sign.
 */
const cursorFollows = EditorState.transactionFilter.of((transaction) => {
    const { head, empty } = transaction.startState.selection.main;
    const typed = transaction.isUserEvent('input.type') && !transaction.isUserEvent('input.type.compose');
    const after = transaction.changes.mapPos(head, 1);
    return typed && empty && after > head && transaction.newSelection.main.eq(EditorSelection.cursor(head))
        ? [transaction, { selection: { anchor: after }, sequential: true }]
        : transaction;
});

/** Ctrl+Enter is the page's: it runs the examples. */
const KEYS = [
    endsLine,
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
    indentWithTab,
];

/**
 * An editor of one file: `<code-editor path="status/status.drl" .text=${…} .faults=${…}>`. It fires `edited`, whose detail is
 * the new text. What was done in a file can be undone as long as the page is open, also after another file was shown.
 */
export class CodeEditor extends LitElement {
    static properties = {
        path: { type: String },
        text: { attribute: false },
        label: { type: String },
        readonly: { type: Boolean },
        /** What the service finds in this file. */
        faults: { attribute: false },
        /** What came of the examples of this file. */
        examples: { attribute: false },
        /** Whether the text has changed since the examples were run. */
        stale: { type: Boolean },
        vocabulary: { attribute: false },
        /** The rules that examples are about. */
        rules: { attribute: false },
    };

    static styles = css`
        :host {
            display: block;
            min-height: 0;
            min-width: 0;
        }

        .place {
            height: 100%;
        }
    `;

    /** The states of files that were shown before. @type {Map<string, EditorState>} */
    #states = new Map();
    /** @type {EditorView | undefined} */
    #view;
    /** Whether what is in the editor is set by the page now, and not by who types. */
    #setting = false;

    constructor() {
        super();
        this.faults = [];
        this.examples = [];
        this.rules = '';
    }

    render() {
        return html`<div class="place"></div>`;
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#view?.destroy();
        this.#view = undefined;
    }

    connectedCallback() {
        super.connectedCallback();
        if (this.hasUpdated) {
            this.#show();
        }
    }

    updated(changed) {
        if (!this.#view || changed.has('path')) {
            this.#show(changed.get('path'));
        }
        this.#setting = true;
        const doc = this.#view.state.doc;
        if (doc.toString() !== this.text) {
            this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: this.text } });
        }
        if (changed.has('faults') || changed.has('path')) {
            this.#view.dispatch(setDiagnostics(this.#view.state, this.#diagnostics()));
        }
        if (changed.has('examples') || changed.has('stale') || changed.has('path')) {
            this.#view.dispatch({ effects: tellOutcomes(this.examples, this.stale) });
        }
        this.#setting = false;
    }

    /** Shows the file, and keeps what was done in the one that was shown. @param {string} [before] the path of that */
    #show(before) {
        if (this.#view && before) {
            this.#states.set(before, this.#view.state);
        }
        const state = this.#states.get(this.path) ?? this.#fresh();
        if (this.#view) {
            this.#view.setState(state);
        } else {
            this.#view = new EditorView({ state, parent: this.renderRoot.querySelector('.place'), root: this.renderRoot });
        }
    }

    #fresh() {
        return EditorState.create({
            doc: this.text,
            extensions: [
                this.path.endsWith('.drl') ? this.#forRules() : this.#forExamples(),
                lineNumbers(),
                history(),
                drawSelection(),
                highlightActiveLine(),
                highlightActiveLineGutter(),
                highlightSelectionMatches(),
                bracketMatching(),
                indentOnInput(),
                closeBrackets(),
                cursorFollows,
                search(),
                EditorState.phrases.of(texts.rules.editorWords),
                autocompletion({ icons: false, defaultKeymap: false }),
                EditorView.lineWrapping,
                EditorState.readOnly.of(this.readonly),
                EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': this.label, 'aria-readonly': String(this.readonly) }),
                keymap.of(KEYS),
                EditorView.updateListener.of((update) => this.#typed(update)),
                looks,
            ],
        });
    }

    #forRules() {
        const words = () => this.vocabulary;
        return [drl, indentUnit.of('    '), drl.data.of({ autocomplete: completeRules(words) }), hoverRules(words)];
    }

    #forExamples() {
        const words = () => this.vocabulary;
        const rules = () => this.rules;
        return [
            outcomeGutter,
            yamlLanguage,
            indentUnit.of('  '),
            yamlLanguage.data.of({ autocomplete: completeExamples(words, rules) }),
            hoverExamples(words, rules),
        ];
    }

    #typed(update) {
        if (update.docChanged && !this.#setting) {
            this.text = update.state.doc.toString();
            this.dispatchEvent(new CustomEvent('edited', { detail: this.text }));
        }
    }

    /** The faults as ranges. What has no column is said of its line, what has no line of the first. */
    #diagnostics() {
        const doc = this.#view.state.doc;
        return this.faults.map((fault) => {
            const line = doc.line(Math.min(Math.max(fault.line ?? 1, 1), doc.lines));
            const last = doc.line(Math.min(Math.max(fault.endLine ?? line.number, line.number), doc.lines));
            const indent = /^\s*/.exec(line.text)[0].length;
            const from = Math.min(line.from + (fault.column ? fault.column - 1 : indent), line.to);
            const to = fault.endColumn ? Math.min(last.from + fault.endColumn - 1, last.to) : line.to;
            return { ...(from < to ? { from, to } : this.#before(from)), severity: 'error', message: fault.message };
        });
    }

    /** The last sign before a place where there is nothing to underline, as at the end of a file that should go on. */
    #before(place) {
        const { doc } = this.#view.state;
        const to = doc.sliceString(0, place).trimEnd().length;
        return to > 0 ? { from: to - 1, to } : { from: 0, to: Math.min(1, doc.length) };
    }

    /** Puts the cursor there and shows it. @param {number} line @param {number} [column] both from 1 */
    async goTo(line, column = 1) {
        await this.updateComplete;
        const doc = this.#view.state.doc;
        const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
        const anchor = Math.min(at.from + column - 1, at.to);
        this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
        this.#view.focus();
    }
}

customElements.define('code-editor', CodeEditor);
