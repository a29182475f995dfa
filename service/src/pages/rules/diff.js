/** Which lines differ between two texts. */

/** More pairs of lines than this are not compared one by one: then all of one text goes and all of the other comes. */
const MOST = 4_000_000;

/** @typedef {{sign: ' ' | '-' | '+', text: string, before?: number, after?: number}} Line lines count from 1 */

/** A text that is not there has no lines. @param {string | undefined} text */
const lines = (text) => (text === undefined || text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/**
 * The lines of both texts, in order, with the fewest that go or come.
 * @param {string | undefined} before
 * @param {string | undefined} after
 * @returns {Line[]}
 */
export function difference(before, after) {
    const [one, other] = [lines(before), lines(after)];
    let head = 0;
    while (head < one.length && head < other.length && one[head] === other[head]) {
        head++;
    }
    let tail = 0;
    while (tail < one.length - head && tail < other.length - head && one.at(-1 - tail) === other.at(-1 - tail)) {
        tail++;
    }
    const signs = [
        ...Array(head).fill(' '),
        ...between(one.slice(head, one.length - tail), other.slice(head, other.length - tail)),
        ...Array(tail).fill(' '),
    ];
    let [i, j] = [0, 0];
    return signs.map((sign) => {
        if (sign === '-') {
            return { sign, text: one[i], before: ++i };
        }
        return sign === '+' ? { sign, text: other[j], after: ++j } : { sign, text: other[j], before: ++i, after: ++j };
    });
}

/** The signs by the longest common run of lines. */
function between(one, other) {
    if (one.length * other.length > MOST) {
        return [...Array(one.length).fill('-'), ...Array(other.length).fill('+')];
    }
    const width = other.length + 1;
    const longest = new Uint32Array((one.length + 1) * width);
    for (let i = one.length - 1; i >= 0; i--) {
        for (let j = other.length - 1; j >= 0; j--) {
            longest[i * width + j] =
                one[i] === other[j] ? longest[(i + 1) * width + j + 1] + 1 : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
        }
    }
    const signs = [];
    let [i, j] = [0, 0];
    while (i < one.length || j < other.length) {
        if (i < one.length && j < other.length && one[i] === other[j]) {
            signs.push(' ');
            i++;
            j++;
        } else if (j === other.length || (i < one.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
            signs.push('-');
            i++;
        } else {
            signs.push('+');
            j++;
        }
    }
    return signs;
}

/**
 * The lines that differ with some around them; in between, how many were left out.
 * @param {Line[]} all
 * @returns {(Line | {alike: number})[]}
 */
export function withContext(all, around = 3) {
    const near = new Set();
    all.forEach(({ sign }, at) => {
        for (let other = at - around; sign !== ' ' && other <= at + around; other++) {
            near.add(other);
        }
    });
    const shown = [];
    let alike = 0;
    all.forEach((line, at) => {
        if (near.has(at)) {
            if (alike > 0) {
                shown.push({ alike });
                alike = 0;
            }
            shown.push(line);
        } else {
            alike++;
        }
    });
    return alike > 0 ? [...shown, { alike }] : shown;
}
