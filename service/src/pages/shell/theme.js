// Runs before anything is drawn, so that nobody sees the other theme first.
const chosen = localStorage.getItem('presence.theme');
if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
}
