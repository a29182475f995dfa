import { html } from 'lit';
import { path } from '../common/api.js';
import { icon } from '../common/icons.js';
import { texts } from '../common/texts.js';
import { DefinitionSection } from './definition-section.js';
import { textField, yesField } from './fields.js';

/** The queues. */
export class QueuesSection extends DefinitionSection {
    kind = 'QUEUE';
    words = texts.admin.queues;

    all() {
        return this.definitions.queues;
    }

    address(id) {
        return path`/v1/queues/${id}`;
    }

    pointers() {
        return ['/id', '/name', '/overflowToTentative'];
    }

    heads() {
        return [texts.admin.name, texts.admin.id, this.words.overflow];
    }

    cells(queue) {
        return html`<th scope="row">${queue.name}</th>
            <td><code>${queue.id}</code></td>
            <td>${queue.overflowToTentative ? html`${icon('check')}<span class="unseen">${texts.admin.yes}</span>` : texts.admin.no}</td>`;
    }

    form(draft) {
        return html`${textField(draft, '/id', texts.admin.id, { hint: texts.admin.idHint, fixed: !draft.fresh, longest: 128 })}
        ${textField(draft, '/name', texts.admin.name)}
        ${yesField(draft, '/overflowToTentative', this.words.overflow, { hint: this.words.overflowHint })}`;
    }
}

customElements.define('queues-section', QueuesSection);
