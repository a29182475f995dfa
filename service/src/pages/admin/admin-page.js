import { css, html, LitElement } from 'lit';
import { controls, words } from '../elements/styles.js';
import { texts } from '../common/texts.js';

/** To come. */
export class AdminPage extends LitElement {
    static styles = [words, controls, css`:host { display: block; padding: var(--gap-4); }`];

    render() {
        return html`<h1>${texts.shell.titles.admin}</h1>`;
    }
}

customElements.define('admin-page', AdminPage);
