import { css, html, LitElement } from 'lit';
import { controls, words } from '../elements/styles.js';
import { texts } from '../common/texts.js';

/** To come. */
export class DirectoryPage extends LitElement {
    static styles = [words, controls, css`:host { display: block; padding: var(--gap-4); }`];

    render() {
        return html`<h1>${texts.shell.titles.directory}</h1>`;
    }
}

customElements.define('directory-page', DirectoryPage);
