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

    text {
        font-size: 0.75rem;
    }

    details {
        margin-top: var(--gap-2);
    }

    table {
        font-size: var(--small);
    }
`;
