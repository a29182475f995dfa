/** Days of the viewer's zone, as the browser's own day picker writes them: 2026-03-02. A day may have 23 or 25 hours. */

/** The day of an instant. @param {number} instant milliseconds */
export function dayOf(instant) {
    const at = new Date(instant);
    const two = (number) => String(number).padStart(2, '0');
    return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Where a day begins, in milliseconds. @param {string} day @param {number} [later] so many days after it */
export function beginningOf(day, later = 0) {
    const [year, month, date] = day.split('-').map(Number);
    return new Date(year, month - 1, date + later).getTime();
}

/** The day that is so many later. @param {string} day @param {number} later */
export const shifted = (day, later) => dayOf(beginningOf(day, later));

/** The full hours within a period, every so many. @param {number} from @param {number} to @param {number} every hours */
export function hoursWithin(from, to, every) {
    const hours = [];
    const at = new Date(from);
    at.setMinutes(0, 0, 0);
    for (; at.getTime() < to; at.setHours(at.getHours() + 1)) {
        if (at.getTime() >= from && at.getHours() % every === 0) {
            hours.push(at.getTime());
        }
    }
    return hours;
}
