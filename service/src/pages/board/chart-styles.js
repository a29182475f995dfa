import { css } from 'lit';

/** How the chart of a day looks. */
export const chart = css`
    .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2) var(--gap-5);
        margin-bottom: var(--gap-3);
    }

    .legend {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        gap: var(--gap-1) var(--gap-4);
    }

    .legend li {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
    }

    .key {
        width: 1.25em;
        height: 1em;
    }

    .body {
        min-height: calc(var(--height) + 1.5em);
    }

    :host {
        --height: 11em;
    }

    :host([fixed]) {
        --height: 7em;
    }

    .picture {
        display: grid;
        grid-template: var(--height) 1.5em / max-content minmax(0, 1fr);
        gap: 0 var(--gap-2);
    }

    .scale {
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        min-width: 2em;
        margin: -0.6em 0;
        text-align: right;
    }

    .chart {
        width: 100%;
        height: 100%;
        border-bottom: 1px solid var(--edge);
    }

    .hours {
        grid-column: 2;
        width: 100%;
        height: 100%;
    }

    text {
        font-size: 0.8em;
    }

    .line {
        stroke: var(--line);
    }

    .mark {
        fill: var(--surface);
        opacity: 0.55;
    }

    table {
        width: auto;
    }

    td,
    th:not(:first-child) {
        text-align: right;
    }
`;
