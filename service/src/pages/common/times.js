/** How times are written: in the viewer's zone, with the agent's own beside it where that differs. */
import { fill, plural, texts } from './texts.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

function format(zone, options) {
    const key = zone + JSON.stringify(options);
    let known = formats.get(key);
    if (!known) {
        known = new Intl.DateTimeFormat(texts.locale, { ...options, timeZone: zone });
        formats.set(key, known);
    }
    return known;
}

/** An instant in milliseconds since 1970. @param {string | number} instant */
export function millis(instant) {
    return typeof instant === 'number' ? instant : Date.parse(instant);
}

/** 14:40. @param {string | number} instant */
export function timeOfDay(instant, zone = viewerZone) {
    return format(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(millis(instant));
}

/** 14:40:07. @param {string | number} instant */
export function timeToTheSecond(instant, zone = viewerZone) {
    return format(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(millis(instant));
}

/** 2 Mar 2026. @param {string | number} instant */
export function date(instant, zone = viewerZone) {
    return format(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(millis(instant));
}

/** 14:40, with the day if that is another than today. @param {string | number} instant @param {number} now */
export function timeNear(instant, now, zone = viewerZone) {
    return date(instant, zone) === date(now, zone)
        ? timeOfDay(instant, zone)
        : format(zone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(millis(instant));
}

/** What a hover says of an instant: all of it, here and where the agent is. @param {string | number} instant @param {string} [agentZone] */
export function wholeTime(instant, agentZone) {
    const here = `${date(instant)} ${timeToTheSecond(instant)} (${viewerZone})`;
    return agentZone && agentZone !== viewerZone
        ? here + '\n' + fill(texts.times.atTheAgent, { time: `${date(instant, agentZone)} ${timeToTheSecond(instant, agentZone)} (${agentZone})` })
        : here;
}

/** 4:07 or 1:04:07; whole seconds, never less than none. @param {number} elapsed milliseconds */
export function counted(elapsed) {
    const seconds = Math.max(0, Math.floor(elapsed / SECOND));
    const two = (number) => String(number).padStart(2, '0');
    const hours = Math.floor(seconds / 3600);
    const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, '');
}

/** 2 h 5 min, 30 min, 45 s: what people say. @param {number} duration milliseconds */
export function durationWords(duration) {
    const parts = [
        [Math.floor(duration / DAY), texts.times.days],
        [Math.floor(duration / HOUR) % 24, texts.times.hours],
        [Math.floor(duration / MINUTE) % 60, texts.times.minutes],
        [Math.floor(duration / SECOND) % 60, texts.times.seconds],
    ].filter(([number]) => number > 0);
    return parts.length === 0
        ? fill(texts.times.seconds, { n: 0 })
        : parts
              .slice(0, 2)
              .map(([number, text]) => fill(text, { n: number }))
              .join(' ');
}

/** 4 minutes and 7 seconds, for who listens. @param {number} duration milliseconds */
export function spoken(duration) {
    const seconds = Math.max(0, Math.floor(duration / SECOND));
    const parts = [
        [Math.floor(seconds / 3600), texts.times.spokenHours],
        [Math.floor(seconds / 60) % 60, texts.times.spokenMinutes],
        [seconds % 60, texts.times.spokenSeconds],
    ].filter(([number]) => number > 0);
    return parts.length === 0 ? plural(0, texts.times.spokenSeconds) : parts.map(([number, text]) => plural(number, text)).join(' ');
}

const ISO = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3})\d*)?S)?)?$/;

/** Milliseconds of a duration of the API, such as PT1H30M; NaN for what is none. @param {string | null | undefined} text */
export function durationMillis(text) {
    const parts = ISO.exec(text ?? '');
    if (!parts || text === 'P' || text.endsWith('T')) {
        return NaN;
    }
    const [, days = 0, hours = 0, minutes = 0, seconds = 0, fraction = ''] = parts;
    return Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + Number(fraction.padEnd(3, '0'));
}

/** A duration as the API takes it. @param {number} milliseconds */
export function durationText(milliseconds) {
    return `PT${milliseconds / SECOND}S`;
}
