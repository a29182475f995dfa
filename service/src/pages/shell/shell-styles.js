import { css } from 'lit';

/** How what stands around every page looks. */
export const shell = css`
    :host {
        display: flex;
        flex-direction: column;
        min-height: 100vh;
    }

    /* A page that fills the window and scrolls within itself says so by this attribute. */
    :host([fills]) {
        height: 100vh;
        height: 100dvh;
    }

    :host([fills]) .content,
    :host([fills]) ::slotted(main) {
        min-height: 0;
        overflow: hidden;
    }

    /* … and one on a wall, where nobody clicks, by this one. */
    :host([wall]) header,
    :host([wall]) .skip {
        display: none;
    }

    .skip {
        position: absolute;
        z-index: 30;
        left: var(--gap-3);
        top: -4rem;
        padding: var(--gap-2) var(--gap-3);
        border-radius: var(--round);
        background: var(--accent);
        color: var(--on-accent);
    }

    .skip:focus {
        top: var(--gap-2);
    }

    header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--gap-4);
        min-height: 3rem;
        padding: 0 var(--gap-4);
        border-bottom: 1px solid var(--line);
        background: var(--surface);
    }

    .brand {
        display: inline-flex;
        align-items: center;
        gap: var(--gap-2);
        min-height: 3rem;
        color: var(--ink);
        font-weight: 700;
        text-decoration: none;
    }

    .brand svg {
        width: 1.25rem;
        height: 1.25rem;
    }

    nav ul {
        display: flex;
    }

    nav {
        min-width: 0;
        overflow-x: auto;
    }

    nav a {
        display: inline-flex;
        align-items: center;
        min-height: 3rem;
        padding: 0 var(--gap-3);
        border-bottom: 3px solid transparent;
        border-top: 3px solid transparent;
        color: var(--quiet);
        font-weight: 500;
        text-decoration: none;
        white-space: nowrap;
    }

    nav a:focus-visible {
        outline-offset: -4px;
    }

    nav a:hover {
        color: var(--ink);
    }

    nav a[aria-current] {
        border-bottom-color: var(--accent);
        color: var(--ink);
    }

    .right {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        margin-left: auto;
    }

    .stale {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        padding: var(--gap-2) var(--gap-4);
        background: var(--warn-soft);
        color: var(--ink);
    }

    .stale .icon {
        color: var(--warn);
    }

    .content {
        flex: 1;
        display: flex;
        flex-direction: column;
        min-width: 0;
    }

    ::slotted(main) {
        flex: 1;
        min-width: 0;
    }

    .stop {
        width: min(40rem, 100% - 2rem);
        margin: var(--gap-6) auto;
    }

    @media (max-width: 40rem) {
        header {
            padding: 0 var(--gap-2);
        }

        .brand span {
            display: none;
        }

        nav {
            order: 3;
            width: 100%;
        }

        nav a {
            min-height: 2.5rem;
        }

        .brand {
            min-width: var(--target);
        }
    }
`;
