/** How the editors look: the colours are those of tokens.css, so that light and dark come by themselves. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const theme = EditorView.theme({
    '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: 'var(--small)' },
    // What stands around an editor shows that it has the focus.
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.55' },
    '.cm-content': { caretColor: 'var(--ink)' },
    '.cm-cursor': { borderLeftColor: 'var(--ink)' },
    '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--quiet)', borderRight: '1px solid var(--line)' },
    '.cm-activeLine': { backgroundColor: 'transparent', boxShadow: 'inset 0 0 0 1px var(--line)' },
    '.cm-activeLineGutter': { backgroundColor: 'var(--raised)', color: 'var(--ink)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
        backgroundColor: 'var(--selected)',
    },
    '@media (forced-colors: active)': {
        '.cm-selectionBackground': { forcedColorAdjust: 'none', backgroundColor: 'Highlight !important' },
    },
    '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
    '.cm-searchMatch': { backgroundColor: 'var(--warn-soft)', outline: '1px solid var(--warn)' },
    '.cm-searchMatch-selected': { backgroundColor: 'var(--warn-soft)', outline: '2px solid var(--ink)' },
    '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--bad) 1.5px', textUnderlineOffset: '3px' },
    '.cm-tooltip': {
        maxWidth: 'min(32rem, 90vw)',
        border: '1px solid var(--edge)',
        borderRadius: 'var(--round)',
        backgroundColor: 'var(--surface)',
        color: 'var(--ink)',
        boxShadow: '0 6px 20px var(--shade)',
    },
    '.cm-tooltip-lint, .cm-word': { padding: 'var(--gap-2) var(--gap-3)', fontFamily: 'var(--font)' },
    '.cm-word + .cm-word': { borderTop: '1px solid var(--line)' },
    '.cm-word code': { fontFamily: 'var(--font-code)', overflowWrap: 'anywhere' },
    '.cm-word p': { margin: '0' },
    '.cm-diagnostic': { padding: '0', borderLeft: '0', whiteSpace: 'pre-wrap' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '14rem', fontFamily: 'var(--font-code)' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px var(--gap-2)' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
    '.cm-completionDetail': { color: 'var(--quiet)', fontStyle: 'normal' },
    'li[aria-selected] .cm-completionDetail': { color: 'var(--on-accent)' },
    '.cm-completionIcon': { display: 'none' },
    '.cm-tooltip.cm-completionInfo': { padding: 'var(--gap-2) var(--gap-3)', fontFamily: 'var(--font)' },
    '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--ink)' },
    '.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
    '.cm-panel.cm-search': { fontSize: 'var(--small)', '& label': { display: 'inline-flex', alignItems: 'center', minHeight: '1.5rem', fontSize: 'inherit' } },
    '.cm-panel.cm-search [name=close]': { minWidth: '1.5rem', minHeight: '1.5rem' },
    '.cm-panel.cm-search input[type=checkbox]': { width: '1.5rem', height: '1.5rem' },
    '.cm-textfield, .cm-button': {
        fontSize: 'inherit',
        border: '1px solid var(--edge)',
        borderRadius: 'var(--round)',
        backgroundColor: 'var(--surface)',
        backgroundImage: 'none',
        color: 'var(--ink)',
        minHeight: '1.5rem',
    },
    '.cm-outcomes': { width: '1.4rem', textAlign: 'center' },
    '.cm-outcomes .PASSED': { color: 'var(--good)' },
    '.cm-outcomes .FAILED': { color: 'var(--bad)', fontWeight: '700' },
    '.cm-outcomes .NOT_RUN': { color: 'var(--quiet)' },
    '.cm-outcomes .stale': { opacity: '0.45' },
});

const highlight = HighlightStyle.define([
    { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
    { tag: tags.heading, color: 'var(--ink)', fontWeight: '700' },
    { tag: [tags.keyword, tags.meta], color: 'var(--accent)', fontWeight: '600' },
    { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
    { tag: [tags.typeName, tags.className], color: 'var(--focus)' },
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--ink)' },
    { tag: [tags.atom, tags.bool, tags.number, tags.null], color: 'var(--away)' },
    { tag: tags.special(tags.variableName), color: 'var(--busy)' },
    { tag: [tags.function(tags.variableName), tags.standard(tags.variableName)], color: 'var(--accent)' },
    { tag: [tags.operator, tags.punctuation], color: 'var(--quiet)' },
]);

export const looks = [theme, syntaxHighlighting(highlight)];
