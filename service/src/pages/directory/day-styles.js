import { css } from 'lit';

/** How the picture of a day looks. */
export const picture = css`
    :host {
        display: block;
    }

    .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-1);
    }

    /* As high as the picture, so that nothing below it moves from day to day. */
    .body {
        min-height: 10rem;
        margin-top: var(--gap-2);
    }

    .picture {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: var(--gap-1) var(--gap-3);
    }

    .lanes {
        display: grid;
        grid-auto-rows: 1.5rem;
        font-size: var(--small);
    }

    .lanes li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-3);
        min-width: 8.5rem;
    }

    .picture svg {
        width: 100%;
        height: 7.25rem;
        overflow: hidden;
    }

    .hour {
        stroke: var(--line);
    }

    rect {
        fill: var(--offline);
    }

    .FREE {
        fill: var(--free);
    }

    .BUSY {
        fill: var(--busy);
    }

    .AWAY {
        fill: var(--away);
    }

    text {
        fill: var(--quiet);
        font-size: 0.75rem;
        font-variant-numeric: tabular-nums;
    }

    details {
        margin-top: var(--gap-2);
    }

    summary {
        min-height: 1.5rem;
        color: var(--accent);
        cursor: pointer;
    }

    .scroll {
        max-height: 20rem;
        overflow: auto;
    }

    table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--small);
    }

    th,
    td {
        padding: var(--gap-1) var(--gap-3) var(--gap-1) 0;
        border-bottom: 1px solid var(--line);
        text-align: left;
        vertical-align: top;
    }
`;
