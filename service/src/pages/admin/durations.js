/** Durations as people type them, 1 h 30 min or 45 s, and as the API has them, PT1H30M. */
import { fill, texts } from '../common/texts.js';
import { durationMillis } from '../common/times.js';

/** The units by their names in the texts, in milliseconds. @type {[string, number][]} */
const UNITS = [
    ['days', 86_400_000],
    ['hours', 3_600_000],
    ['minutes', 60_000],
    ['seconds', 1_000],
];

/** All of it, in words. What is no duration is shown as it is. @param {string | undefined} duration */
export function typedDuration(duration) {
    let left = durationMillis(duration);
    if (Number.isNaN(left)) {
        return duration ?? '';
    }
    const said = [];
    for (const [name, size] of UNITS) {
        const count = name === 'seconds' ? left / size : Math.floor(left / size);
        left -= count * size;
        if (count > 0) {
            said.push(fill(texts.times[name], { n: count }));
        }
    }
    return said.join(' ') || fill(texts.times.seconds, { n: 0 });
}

/** What was typed, as the API has it; what is no duration is left for the API to refuse. @param {string} typed */
export function readDuration(typed) {
    const text = typed.trim();
    const parts = [...text.toLowerCase().matchAll(/(\d+(?:[.,]\d+)?)\s*(\p{L}+)\s*/gu)];
    if (parts.length === 0 || parts.map((part) => part[0]).join('').trim() !== text.toLowerCase()) {
        return text;
    }
    let sum = 0;
    for (const [, number, unit] of parts) {
        const known = UNITS.find(([name]) => texts.times.typed[name].includes(unit));
        if (!known) {
            return text;
        }
        sum += Number(number.replace(',', '.')) * known[1];
    }
    return written(Math.round(sum));
}

/** As the API writes it, so that what is typed can be held against what was. @param {number} milliseconds */
function written(milliseconds) {
    const hours = Math.floor(milliseconds / 3_600_000);
    const minutes = Math.floor(milliseconds / 60_000) % 60;
    const seconds = (milliseconds % 60_000) / 1_000;
    const said = `${hours ? hours + 'H' : ''}${minutes ? minutes + 'M' : ''}${seconds ? seconds + 'S' : ''}`;
    return 'PT' + (said || '0S');
}
