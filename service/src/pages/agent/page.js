import '../shell/app-shell.js';
import './agent-page.js';
