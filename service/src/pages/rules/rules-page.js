import { css, html, LitElement, nothing } from 'lit';
import { clock } from '../common/clock.js';
import { icon } from '../common/icons.js';
import { Live } from '../common/live.js';
import { fill, texts } from '../common/texts.js';
import { timeNear } from '../common/times.js';
import { ask } from '../elements/confirm-dialog.js';
import '../elements/problem-note.js';
import { controls, words } from '../elements/styles.js';
import { toast } from '../elements/toasts.js';
import './change-view.js';
import { checks } from './checks.js';
import './check-view.js';
import './draft-conflict.js';
import './handbook-panel.js';
import './keys-help.js';
import './preview-view.js';
import './release-view.js';
import './releases-view.js';
import './steps-bar.js';
import { Following, studio } from './studio.js';

/** The rules studio: from a change of the rules to the agents, and back. */
export class RulesPage extends LitElement {
    static properties = {
        step: { state: true },
        problem: { state: true },
        handbook: { state: true },
    };

    static styles = [
        words,
        controls,
        css`
            :host {
                display: flex;
                align-items: flex-start;
                gap: var(--gap-4);
                padding: var(--gap-3) var(--gap-4) var(--gap-4);
            }

            .page {
                flex: 1;
                display: grid;
                gap: var(--gap-3);
                min-width: 0;
            }

            .top {
                display: flex;
                flex-wrap: wrap;
                align-items: center;
                gap: var(--gap-2) var(--gap-4);
            }

            .draft {
                flex: 1 1 18rem;
                min-width: 0;
            }

            .buttons {
                display: flex;
                flex-wrap: wrap;
                gap: var(--gap-2);
            }
        `,
    ];

    #live = new Live({ kind: ['RULES_RELEASE'] });

    constructor() {
        super();
        new Following(this, studio);
        this.step = 'change';
        this.handbook = false;
    }

    connectedCallback() {
        super.connectedCallback();
        studio.load();
        this.#live.addEventListener('message', this.#hear);
        this.#live.open();
        window.addEventListener('keydown', this.#key);
        window.addEventListener('beforeunload', this.#leave);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#live.removeEventListener('message', this.#hear);
        this.#live.close();
        window.removeEventListener('keydown', this.#key);
        window.removeEventListener('beforeunload', this.#leave);
    }

    /** Somebody has activated a release. */
    #hear = async ({ detail: { kind, data } }) => {
        // What is activated here is told of by who does it.
        if (kind === 'RULES_RELEASE' && studio.loaded && !studio.activating && data.rulesRelease !== studio.active.rulesRelease) {
            await this.#trying(() => studio.activeChanged());
            toast(fill(texts.rules.releaseActive, studio.active));
        }
    };

    #leave = (event) => {
        if (studio.mayEdit && studio.unsaved) {
            event.preventDefault();
        }
    };

    #key = (event) => {
        const command = event.ctrlKey || event.metaKey;
        if (event.key === 'F1') {
            this.#toggleHandbook();
        } else if (event.key === 'F8' && this.step === 'change') {
            this.#workbench.nextProblem();
        } else if (command && event.key === 's' && studio.mayEdit) {
            if (!event.repeat) {
                this.#save();
            }
        } else if (command && event.key === 'Enter' && studio.mayEdit && this.step === 'change') {
            checks.make('EXAMPLES');
        } else {
            return;
        }
        event.preventDefault();
    };

    get #workbench() {
        return this.renderRoot.querySelector('change-view');
    }

    async #trying(what) {
        this.problem = undefined;
        try {
            return await what();
        } catch (problem) {
            this.problem = problem;
            return undefined;
        }
    }

    async #save() {
        if (studio.unsaved && (await this.#trying(() => studio.save()))) {
            toast(texts.rules.savedNow, 'good');
        }
    }

    async #discard() {
        const question = { title: texts.rules.discardAsk, text: texts.rules.discardText, yes: texts.rules.discard, danger: true };
        if (await ask(question)) {
            await this.#trying(() => studio.discard());
        }
    }

    /** Shows a place of a file in the editors. */
    async #go(place) {
        this.step = 'change';
        await this.updateComplete;
        await this.#workbench.go(place);
    }

    render() {
        return html`<div class="page">
                <div class="top">
                    <h1>${texts.shell.titles.rules}</h1>
                    ${studio.loaded ? this.#draft() : nothing}
                    <div class="buttons">
                        <button
                            class="plain handbook"
                            title=${texts.rules.handbookHint}
                            aria-expanded=${this.handbook}
                            @click=${this.#toggleHandbook}
                        >
                            ${icon('book-open')}${texts.rules.handbook}
                        </button>
                        <keys-help></keys-help>
                    </div>
                </div>
                ${studio.problem ? html`<problem-note .problem=${studio.problem} retry @retry=${() => studio.load()}></problem-note>` : nothing}
                ${this.problem ? html`<problem-note .problem=${this.problem}></problem-note>` : nothing}
                ${studio.loaded
                    ? html`<steps-bar .at=${this.step} @step=${({ detail }) => (this.step = detail)}></steps-bar>
                          <change-view ?hidden=${this.step !== 'change'}></change-view>
                          ${this.#view()}`
                    : html`<p class="quiet" role="status">${studio.problem ? '' : texts.rules.loading}</p>`}
            </div>
            ${this.handbook ? html`<handbook-panel @closed=${this.#toggleHandbook}></handbook-panel>` : nothing}
            ${studio.conflict ? html`<draft-conflict></draft-conflict>` : nothing}`;
    }

    #toggleHandbook = () => {
        this.handbook = !this.handbook;
        if (!this.handbook) {
            this.renderRoot.querySelector('.handbook').focus();
        }
    };

    #draft() {
        if (!studio.mayEdit) {
            return html`<p class="draft quiet">${texts.rules.readOnly}</p>`;
        }
        const { draft, unsaved, saving } = studio;
        const says = unsaved
            ? texts.rules.notSaved
            : draft
              ? fill(draft.author ? texts.rules.draftOf : texts.rules.draftOfNobody, {
                    author: draft.author,
                    time: timeNear(draft.changedAt, clock.now()),
                })
              : texts.rules.noDraft;
        return html`<p class="draft quiet" role="status">${says}</p>
            <div class="buttons">
                <button ?disabled=${!unsaved || saving} aria-busy=${saving} @click=${this.#save}>
                    ${icon('save')}${saving ? texts.rules.saving : texts.rules.save}
                </button>
                <button class="plain" ?disabled=${(!draft && !unsaved) || saving} @click=${this.#discard}>
                    ${icon('undo-2')}${texts.rules.discard}
                </button>
            </div>`;
    }

    /** What stands below the steps. The editors, which are there all the time, keep their place and what can be undone. */
    #view() {
        const to = (step) => () => (this.step = step);
        const go = ({ detail }) => this.#go(detail);
        switch (this.step) {
            case 'check':
                return html`<check-view @go=${go} @on=${to('preview')}></check-view>`;
            case 'preview':
                return html`<preview-view @go=${go} @on=${to('release')}></preview-view>`;
            case 'release':
                return html`<release-view @on=${to('activate')} @unsound=${to('check')}></release-view>`;
            case 'activate':
                return html`<releases-view @on=${to('change')}></releases-view>`;
            default:
                return nothing;
        }
    }
}

customElements.define('rules-page', RulesPage);
