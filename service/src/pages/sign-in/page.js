import '../shell/app-shell.js';
import './sign-in-page.js';
