/**
 * What choosing a profile will do, by the law of the API: when it ends and which queues it joins and leaves. Nothing here
 * asks anybody or knows what time it is.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * When a profile ends that is chosen at an instant: after its duration, rounded up to the next moment at which the agent's
 * own clock shows a multiple of the rounding, counted from the full hour.
 * @param {number} start milliseconds since 1970
 * @param {number} duration milliseconds
 * @param {number | undefined} rounding minutes; none: the end is exact
 * @param {string} zone the agent's
 * @returns {number} milliseconds since 1970
 */
export function endOf(start, duration, rounding, zone) {
    let end = start + duration;
    if (!rounding) {
        return end;
    }
    for (let missing = missingAt(end, rounding * MINUTE, zone); missing > 0; missing = missingAt(end, rounding * MINUTE, zone)) {
        // When the clocks change on the way to the next multiple, they may show one right then: look from there.
        end = clockChange(end, end + missing, zone) ?? end + missing;
    }
    return end;
}

/** How far it is from an instant to the next multiple, if the clocks do not change on the way. */
function missingAt(instant, step, zone) {
    const over = modulo(modulo(instant + offsetAt(instant, zone), HOUR), step);
    return over === 0 ? 0 : step - over;
}

/** The instant after the first and not after the last at which the zone's clocks change; undefined if they do not. */
function clockChange(first, last, zone) {
    const before = offsetAt(first, zone);
    if (offsetAt(last, zone) === before) {
        return undefined;
    }
    let [same, other] = [first, last];
    while (other - same > 1) {
        const middle = Math.floor((same + other) / 2);
        [same, other] = offsetAt(middle, zone) === before ? [middle, other] : [same, middle];
    }
    return other;
}

const modulo = (number, by) => ((number % by) + by) % by;

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/** How much later the zone's clock shows than UTC's, in milliseconds. */
function offsetAt(instant, zone) {
    let clock = clocks.get(zone);
    if (!clock) {
        const two = '2-digit';
        clock = new Intl.DateTimeFormat('en-GB', {
            timeZone: zone,
            hourCycle: 'h23',
            ...{ year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
        });
        clocks.set(zone, clock);
    }
    const shown = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second);
    return local - Math.floor(instant / 1000) * 1000;
}

/**
 * The queues that choosing a profile joins and leaves; null for a profile that touches none.
 * @param {{queueGroup?: string}} profile
 * @param {Map<string, {queues: string[]}>} groups queue groups by id
 * @param {string[]} joined the queues the agent is in
 * @returns {{joins: string[], leaves: string[]} | null}
 */
export function queuesOf(profile, groups, joined) {
    const group = profile.queueGroup === undefined ? undefined : groups.get(profile.queueGroup);
    return group
        ? { joins: group.queues.filter((queue) => !joined.includes(queue)), leaves: joined.filter((queue) => !group.queues.includes(queue)) }
        : null;
}
