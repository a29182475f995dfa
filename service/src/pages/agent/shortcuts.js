/** Single keys that do something while nobody types, and which can be switched off: speech and stray hands press keys too. */
import { isDialogOpen } from '../elements/confirm-dialog.js';

const KEPT = 'presence.keys';

export class Shortcuts {
    /** @param {import('lit').ReactiveControllerHost} host @param {Record<string, () => void>} does by key */
    constructor(host, does) {
        this.does = does;
        host.addController(this);
    }

    get isOn() {
        return localStorage.getItem(KEPT) !== 'off';
    }

    set isOn(on) {
        on ? localStorage.removeItem(KEPT) : localStorage.setItem(KEPT, 'off');
    }

    hostConnected() {
        window.addEventListener('keydown', this.#pressed);
    }

    hostDisconnected() {
        window.removeEventListener('keydown', this.#pressed);
    }

    #pressed = (event) => {
        const does = this.does[event.key.toLowerCase()];
        if (does && this.isOn && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey && !isBusy(event)) {
            event.preventDefault();
            does();
        }
    };
}

/** Whether somebody types, or has a dialog before them. */
function isBusy(event) {
    const busy = 'input:not([type=checkbox]), select, textarea, dialog[open]';
    return isDialogOpen() || event.composedPath().some((node) => node instanceof HTMLElement && node.matches(busy));
}
