import '../shell/app-shell.js';
import './admin-page.js';
