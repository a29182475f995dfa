import '../shell/app-shell.js';
import './rules-page.js';
