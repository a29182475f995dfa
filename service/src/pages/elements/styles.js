/** Styles that elements share: what controls and words look like everywhere. */
import { css } from 'lit';

export const words = css`
    *,
    ::before,
    ::after {
        box-sizing: border-box;
    }

    :host([hidden]),
    [hidden] {
        display: none !important;
    }

    :focus-visible {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
        border-radius: 3px;
    }

    h1,
    h2,
    h3,
    p,
    ul,
    ol,
    dl,
    dd {
        margin: 0;
        padding: 0;
    }

    ul,
    ol {
        list-style: none;
    }

    h1 {
        font-size: var(--huge);
        line-height: 1.2;
    }

    h2 {
        font-size: var(--large);
        line-height: 1.3;
    }

    h3 {
        font-size: var(--text);
    }

    a {
        color: var(--accent);
    }

    .quiet {
        color: var(--quiet);
    }

    .small {
        font-size: var(--small);
    }

    .number {
        font-variant-numeric: tabular-nums;
    }

    .icon {
        flex: none;
        display: block;
    }

    .unseen {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
    }
`;

export const controls = css`
    button,
    .button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: var(--gap-2);
        min-height: var(--target);
        min-width: var(--target);
        margin: 0;
        padding: 0 var(--gap-3);
        border: 1px solid var(--edge);
        border-radius: var(--round);
        background: var(--surface);
        color: var(--ink);
        font: inherit;
        font-weight: 500;
        text-decoration: none;
        cursor: pointer;
        transition: background-color var(--quick);
    }

    button:hover:not(:disabled),
    .button:hover {
        background: var(--raised);
    }

    button:disabled {
        border-color: var(--line);
        color: var(--quiet);
        cursor: default;
    }

    button.main {
        border-color: var(--accent);
        background: var(--accent);
        color: var(--on-accent);
    }

    button.main:hover:not(:disabled) {
        border-color: var(--accent-strong);
        background: var(--accent-strong);
    }

    button.main:disabled {
        border-color: var(--line);
        background: var(--raised);
        color: var(--quiet);
    }

    button.danger:enabled {
        border-color: var(--bad);
        color: var(--bad);
    }

    button.plain {
        border-color: transparent;
        background: transparent;
    }

    button.plain:hover:not(:disabled) {
        background: var(--raised);
    }

    button.link {
        min-height: 1.5rem;
        min-width: 1.5rem;
        padding: 0;
        border: 0;
        background: transparent;
        color: var(--accent);
        font-weight: inherit;
        text-decoration: underline;
        text-underline-offset: 2px;
    }

    button[aria-busy='true'] {
        opacity: 0.7;
    }

    input:not([type='checkbox'], [type='radio'], [type='color']),
    select,
    textarea {
        min-height: var(--target);
        margin: 0;
        padding: 0 var(--gap-2);
        border: 1px solid var(--edge);
        border-radius: var(--round);
        background: var(--surface);
        color: var(--ink);
        font: inherit;
    }

    input[type='checkbox'],
    input[type='radio'] {
        width: 1.5rem;
        height: 1.5rem;
        margin: 0;
        accent-color: var(--accent);
    }

    textarea {
        padding: var(--gap-2);
    }

    ::placeholder {
        color: var(--quiet);
        opacity: 1;
    }

    label {
        display: inline-flex;
        flex-direction: column;
        gap: var(--gap-1);
    }

    .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
    }

    fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
    }

    legend {
        padding: 0;
        font-weight: 600;
    }
`;

/** A part of a page that stands for itself. */
export const cards = css`
    .card {
        padding: var(--gap-4);
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--surface);
    }

    .card > h2:first-child {
        margin-bottom: var(--gap-3);
    }
`;

/** What stands in rows and columns. */
export const tables = css`
    table {
        width: 100%;
        border-collapse: collapse;
    }

    th,
    td {
        padding: var(--gap-1) var(--gap-3) var(--gap-1) 0;
        border-bottom: 1px solid var(--line);
        text-align: left;
        vertical-align: top;
    }
`;

/** The picture of a day, and beside it the same in words. */
export const days = css`
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
        font-variant-numeric: tabular-nums;
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
`;
