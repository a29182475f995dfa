/** What the sections of this page look like. */
import { css } from 'lit';

export const sections = css`
    :host {
        display: grid;
        gap: var(--gap-4);
        align-content: start;
        min-width: 0;
    }

    .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2) var(--gap-4);
    }

    .head > :first-child {
        flex: 1;
    }

    .intro {
        max-width: 60rem;
    }

    .two {
        display: grid;
        gap: var(--gap-4);
        align-items: start;
        min-width: 0;
    }

    .two > * {
        min-width: 0;
    }

    form,
    .stack {
        display: grid;
        gap: var(--gap-4);
        min-width: 0;
    }

    form.card {
        border-top: 3px solid var(--accent);
    }

    .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr));
        gap: var(--gap-4);
    }

    .scroll {
        position: relative;
        overflow-x: auto;
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--surface);
    }

    table {
        width: 100%;
        border-collapse: collapse;
    }

    th,
    td {
        padding: var(--gap-2) var(--gap-3);
        border-bottom: 1px solid var(--line);
        text-align: left;
        vertical-align: middle;
    }

    tbody tr:last-child > * {
        border-bottom: 0;
    }

    thead th {
        color: var(--quiet);
        font-size: var(--small);
        font-weight: 600;
        white-space: nowrap;
    }

    tbody th {
        font-weight: 500;
    }

    /* What can be done with a row is there however narrow the window is. */
    td.do {
        position: sticky;
        right: 0;
        width: 1%;
        background: var(--surface);
        text-align: right;
        white-space: nowrap;
    }

    tr[aria-current] > * {
        background: var(--accent-soft);
    }

    code {
        font: 0.9em var(--font-code);
        overflow-wrap: anywhere;
    }

    td code {
        white-space: nowrap;
    }

    .empty {
        padding: var(--gap-4);
    }

    .note {
        display: grid;
        gap: var(--gap-2);
        padding: var(--gap-3);
        border: 1px solid var(--warn);
        border-radius: var(--round);
        background: var(--warn-soft);
    }

    @media (min-width: 75rem) {
        .two.open {
            grid-template-columns: minmax(0, 1fr) 27rem;
        }

        .two.open > form {
            order: 2;
            position: sticky;
            top: var(--gap-4);
            max-height: calc(100vh - var(--gap-6));
            overflow-y: auto;
        }
    }
`;
