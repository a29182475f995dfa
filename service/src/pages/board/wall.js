/** The board on a wall: large, without controls, over the whole screen. The address says so: `?wall`. Escape leaves it. */
export class Wall {
    on = false;

    /** @param {import('lit').ReactiveControllerHost & HTMLElement} host its attribute `wall` is there while it is on */
    constructor(host) {
        this.host = host;
        host.addController(this);
    }

    hostConnected() {
        window.addEventListener('keydown', this.#pressed);
        window.addEventListener('popstate', this.#follow);
        document.addEventListener('fullscreenchange', this.#screen);
        this.#follow();
    }

    hostDisconnected() {
        window.removeEventListener('keydown', this.#pressed);
        window.removeEventListener('popstate', this.#follow);
        document.removeEventListener('fullscreenchange', this.#screen);
    }

    enter() {
        history.pushState(null, '', '?wall');
        this.#follow();
        // Where it is not allowed the window does as well.
        document.documentElement.requestFullscreen?.().catch(() => {});
    }

    #leave() {
        history.replaceState(null, '', location.pathname);
        this.#follow();
        if (document.fullscreenElement) {
            document.exitFullscreen();
        }
    }

    #pressed = (event) => {
        if (this.on && event.key === 'Escape') {
            this.#leave();
        }
    };

    /** The browser keeps Escape to itself while it shows the whole screen. */
    #screen = () => {
        if (this.on && !document.fullscreenElement) {
            this.#leave();
        }
    };

    #follow = () => {
        this.on = new URLSearchParams(location.search).has('wall');
        this.host.toggleAttribute('wall', this.on);
        const shell = this.host.closest('app-shell');
        shell?.toggleAttribute('wall', this.on);
        shell?.toggleAttribute('fills', this.on);
        this.host.requestUpdate();
    };
}
