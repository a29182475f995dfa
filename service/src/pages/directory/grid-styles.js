import { css } from 'lit';

/** How the list of agents looks. `--row` is the height of each row; `--count` and `--first` are set by the list. */
export const grid = css`
    :host {
        display: block;
        min-width: 0;
        min-height: 0;
        container-type: inline-size;
    }

    .scroller {
        --row: 2.5rem;
        height: 100%;
        overflow: auto;
        overscroll-behavior: contain;
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--surface);
        /* What is drawn anew while one scrolls is no reason to move what one looks at. */
        overflow-anchor: none;
    }

    .scroller:focus-visible {
        outline-offset: -2px;
    }

    .row {
        display: grid;
        grid-template-columns: 6rem minmax(9rem, 2.5fr) minmax(7rem, 1.5fr) 7.5rem minmax(5rem, 3fr) 5rem;
        align-items: center;
        gap: 0 var(--gap-3);
        height: var(--row);
        padding: 0 var(--gap-3);
        border-bottom: 1px solid var(--line);
        contain: strict;
    }

    .row > * {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
    }

    .top {
        position: sticky;
        z-index: 1;
        top: 0;
    }

    .head {
        background: var(--raised);
        color: var(--quiet);
        font-size: var(--small);
        font-weight: 600;
    }

    .space {
        height: calc(var(--row) * var(--count, 0));
        overflow: hidden;
    }

    .rows {
        transform: translateY(calc(var(--row) * var(--first, 0)));
    }

    .rows .row {
        cursor: pointer;
    }

    .rows .row:hover {
        background: var(--raised);
    }

    .rows .row[aria-selected='true'] {
        background: var(--accent-soft);
        box-shadow: inset 4px 0 0 var(--accent);
    }

    @media (forced-colors: active) {
        .rows .row[aria-selected='true'] {
            outline: 2px dashed Highlight;
            outline-offset: -2px;
        }
    }

    .scroller:focus-visible .active {
        outline: 2px solid var(--focus);
        outline-offset: -3px;
        border-radius: var(--round);
    }

    .status {
        font-weight: 600;
    }

    .rows .status svg {
        width: 0.85em;
        height: 0.85em;
        margin-right: 0.4em;
        overflow: visible;
    }

    .status[data-status='FREE'] {
        color: var(--free);
    }

    .status[data-status='BUSY'] {
        color: var(--busy);
    }

    .status[data-status='AWAY'] {
        color: var(--away);
    }

    .status[data-status='OFFLINE'] {
        color: var(--offline);
    }

    .profile profile-chip {
        max-width: 100%;
        vertical-align: middle;
    }

    .since {
        text-align: right;
    }

    .capability {
        position: relative;
        display: inline-grid;
        place-items: center;
        width: 1.625rem;
        height: 1.625rem;
        border: 1px solid transparent;
        border-radius: var(--round);
        color: var(--offline);
        vertical-align: middle;
    }

    .capability .icon {
        width: 1rem;
        height: 1rem;
    }

    .capability[data-state='none'] {
        visibility: hidden;
    }

    .capability[data-state='open'] {
        border-color: currentColor;
        background: var(--good-soft);
        color: var(--free);
    }

    .capability[data-state='shut']::after {
        content: '';
        position: absolute;
        width: 1.5rem;
        border-top: 2px solid currentColor;
        transform: rotate(-45deg);
    }

    /* Beside a card, or on a small window, there is no room for the queues: the card has them. */
    @container (max-width: 56rem) {
        .row {
            grid-template-columns: 6rem minmax(8rem, 2fr) minmax(7rem, 1fr) 7.5rem 4.5rem;
        }

        .queues {
            display: none;
        }
    }

    @container (max-width: 38rem) {
        .scroller {
            --row: 4rem;
        }

        .row {
            grid-template: 'name name since' 1fr 'status profile capabilities' 1fr / 5rem minmax(0, 1fr) auto;
            padding: var(--gap-1) var(--gap-2);
        }

        .row > .status {
            grid-area: status;
        }

        .row > .name {
            grid-area: name;
        }

        .row > .profile {
            grid-area: profile;
        }

        .row > .capabilities {
            grid-area: capabilities;
        }

        .row > .since {
            grid-area: since;
        }

        /* Names of columns say nothing of two lines; who listens hears them. */
        .top {
            position: absolute;
            width: 1px;
            height: 1px;
            overflow: hidden;
            clip-path: inset(50%);
        }
    }
`;
