import { css } from 'lit';

/** How the board is laid out; on a wall everything is as large as the screen makes it. */
export const board = css`
    :host {
        display: flex;
        flex-direction: column;
        gap: var(--gap-4);
        padding: var(--gap-4);
        font-size: var(--text);
    }

    .title,
    .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-2);
    }

    .columns {
        display: grid;
        grid-template-columns: minmax(0, 7fr) minmax(0, 5fr);
        gap: var(--gap-4);
    }

    @media (max-width: 64rem) {
        .columns {
            grid-template-columns: minmax(0, 1fr);
        }
    }

    @media (max-width: 40rem) {
        :host {
            padding: var(--gap-2);
        }
    }

    :host([wall]) {
        --text: clamp(0.9rem, 1.05vw, 3rem);
        --small: clamp(0.8rem, 0.9vw, 2.6rem);
        --large: clamp(1rem, 1.2vw, 3.4rem);
        --huge: clamp(1.25rem, 1.9vw, 5rem);
        height: 100%;
        overflow: hidden;
    }

    :host([wall]) .columns {
        flex: 1;
        grid-template-rows: minmax(0, 1fr);
        min-height: 0;
        overflow: hidden;
    }
`;
