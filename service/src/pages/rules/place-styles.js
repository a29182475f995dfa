import { css } from 'lit';

/** A list of places in a file, each a button that leads there: a sign in the first column, what is said in the second. */
export const places = css`
    button {
        display: grid;
        grid-template-columns: auto 1fr;
        justify-content: start;
        align-items: start;
        gap: 0 var(--gap-2);
        width: 100%;
        padding: var(--gap-1) var(--gap-2);
        font-weight: 400;
        text-align: left;
        overflow-wrap: anywhere;
    }

    .place {
        display: block;
        color: var(--quiet);
        font-size: var(--small);
    }
`;
