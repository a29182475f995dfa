import '../shell/app-shell.js';
import './directory-page.js';
