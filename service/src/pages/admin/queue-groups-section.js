import { html } from 'lit';
import { path } from '../common/api.js';
import { listed, texts } from '../common/texts.js';
import { DefinitionSection } from './definition-section.js';
import { textField } from './fields.js';
import { pickField } from './pick-many.js';

/** The queue groups: which queues a profile joins. */
export class QueueGroupsSection extends DefinitionSection {
    kind = 'QUEUE_GROUP';
    words = texts.admin.queueGroups;

    all() {
        return this.definitions.queueGroups;
    }

    address(id) {
        return path`/v1/queue-groups/${id}`;
    }

    blank() {
        return { queues: [] };
    }

    pointers() {
        return ['/id', '/name', '/queues'];
    }

    heads() {
        return [texts.admin.name, texts.admin.id, texts.admin.queues.title];
    }

    cells(group) {
        const names = new Map(this.definitions.queues.map((queue) => [queue.id, queue.name]));
        return html`<th scope="row">${group.name}</th>
            <td><code>${group.id}</code></td>
            <td>${group.queues.length > 0 ? listed(group.queues.map((queue) => names.get(queue) ?? queue)) : this.words.noQueues}</td>`;
    }

    form(draft) {
        return html`${textField(draft, '/id', texts.admin.id, { hint: texts.admin.idHint, fixed: !draft.fresh, longest: 128 })}
        ${textField(draft, '/name', texts.admin.name)} ${pickField(draft, '/queues', texts.admin.queues.title, this.definitions.queues)}`;
    }
}

customElements.define('queue-groups-section', QueueGroupsSection);
