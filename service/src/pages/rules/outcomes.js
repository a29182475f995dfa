/** What came of each example, as a sign beside it in the editor. The list below the editors says it in words. */
import { RangeSet, StateEffect, StateField } from '@codemirror/state';
import { gutter, GutterMarker } from '@codemirror/view';
import { texts } from '../common/texts.js';

export const SIGNS = { PASSED: '✓', FAILED: '✗', NOT_RUN: '–' };

class Outcome extends GutterMarker {
    constructor(outcome, stale) {
        super();
        this.outcome = outcome;
        this.stale = stale;
    }

    eq(other) {
        return other.outcome === this.outcome && other.stale === this.stale;
    }

    toDOM() {
        const sign = document.createElement('span');
        sign.className = this.stale ? `${this.outcome} stale` : this.outcome;
        sign.textContent = SIGNS[this.outcome];
        sign.title = this.stale ? texts.rules.outcomesStale : texts.rules.outcomes[this.outcome];
        return sign;
    }
}

/** @type {import('@codemirror/state').StateEffectType<{examples: any[], stale: boolean}>} */
const told = StateEffect.define();

const outcomes = StateField.define({
    create: () => RangeSet.empty,
    update(markers, transaction) {
        for (const effect of transaction.effects) {
            if (effect.is(told)) {
                return asMarkers(transaction.state.doc, effect.value);
            }
        }
        return markers.map(transaction.changes);
    },
});

function asMarkers(doc, { examples, stale }) {
    return RangeSet.of(
        examples
            .filter(({ line }) => line <= doc.lines)
            .map(({ line, outcome }) => new Outcome(outcome, stale).range(doc.line(line).from)),
        true,
    );
}

/** Tells the editor what came of the examples of its file. `stale`: the text has changed since. */
export const tellOutcomes = (examples, stale) => told.of({ examples, stale });

export const outcomeGutter = [
    outcomes,
    gutter({
        class: 'cm-outcomes',
        markers: (view) => view.state.field(outcomes),
        initialSpacer: () => new Outcome('PASSED', false),
    }),
];
