/** The words and signs of what the API says in capitals. What is not known here is shown as it is: rules may bring more. */
import { fill, listed, texts } from './texts.js';
import { durationMillis, durationWords } from './times.js';

export const STATUSES = ['FREE', 'BUSY', 'AWAY', 'OFFLINE'];
export const CAPABILITIES = ['PHONE', 'CHAT', 'ITEMS', 'VIDEO'];
export const CHANNELS = ['PHONE', 'VIDEO', 'CHAT', 'EMAIL', 'TASK', 'ACTION_ITEM'];

/** @type {Record<string, string>} */
const CHANNEL_ICONS = { PHONE: 'phone', VIDEO: 'video', CHAT: 'message-circle', EMAIL: 'mail', TASK: 'clipboard-list', ACTION_ITEM: 'list-checks' };

/** @type {Record<string, string>} */
const CAPABILITY_ICONS = { PHONE: 'phone', VIDEO: 'video', CHAT: 'message-circle', ITEMS: 'inbox' };

const plain = (code) => String(code).toLowerCase().replaceAll('_', ' ');

export const statusWord = (status) => texts.statuses[status] ?? plain(status);
export const reasonWords = (reason) => texts.reasons[reason] ?? plain(reason);
/** A reason that somebody, or a rule, has given: a code in words, anything else as it was written. @param {string} reason */
export const reasonGiven = (reason) => (/^[A-Z_]+$/.test(reason) ? reasonWords(reason) : reason);
export const channelWord = (channel) => texts.channels[channel] ?? plain(channel);
export const capabilityWord = (capability) => texts.capabilities[capability] ?? plain(capability);
export const channelIcon = (channel) => CHANNEL_ICONS[channel] ?? 'circle';
export const capabilityIcon = (capability) => CAPABILITY_ICONS[capability] ?? 'circle';

/** The capability that a channel takes. @param {string} channel */
export const capabilityOf = (channel) => (channel in CAPABILITY_ICONS ? channel : 'ITEMS');

/** Handling a conversation and not ready. @param {string[]} reasons */
export const reasonsInWords = (reasons) => listed(reasons.map(reasonWords));

/** How long a timed profile lasts, as 30 min; empty for one without an end. @param {string | null | undefined} duration */
export function lasting(duration) {
    const milliseconds = durationMillis(duration);
    return Number.isNaN(milliseconds) ? '' : durationWords(milliseconds);
}

/** What is said beside a timer that is close to its limit or over it. @param {string} level @param {number} limit milliseconds */
export const levelWords = (level, limit) => (level in texts.levels ? fill(texts.levels[level], { limit: durationWords(limit) }) : '');
