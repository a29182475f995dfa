/**
 * Whoever used a button that goes away with what it was for stands at the heading above it, and not at the beginning of the
 * page: `new KeptFocus(this)` in the constructor of an element with an `<h2 tabindex="-1">`.
 */
export class KeptFocus {
    /** @type {Element | null} */
    #had = null;

    /** @param {import('lit').LitElement} host */
    constructor(host) {
        this.host = host;
        host.addController(this);
    }

    hostUpdate() {
        this.#had = /** @type {ShadowRoot} */ (this.host.renderRoot).activeElement;
    }

    hostUpdated() {
        if (this.#had && !this.#had.isConnected) {
            this.host.renderRoot.querySelector('h2').focus();
        }
    }
}
