import '../shell/app-shell.js';
import './board-page.js';
