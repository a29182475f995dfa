/** Asks the public API. Everything that is no success is a Problem, whose words can be shown to people. */
import { texts } from './texts.js';

/** How long an answer may take, in milliseconds: a little more than the service itself gives it. */
const PATIENCE = 35_000;

/** A problem document, or what stands in for one when there was no answer. */
export class Problem extends Error {
    /** @param {{status: number, code?: string, title?: string, detail?: string, errors?: {pointer: string, detail: string}[]}} document */
    constructor(document, retryAfter = 0) {
        super(document.detail || document.title || texts.problems.unknown);
        this.status = document.status;
        this.code = document.code ?? '';
        this.title = document.title ?? '';
        this.errors = document.errors ?? [];
        this.document = document;
        /** Seconds after which it may be tried again; 0 if that was not said. */
        this.retryAfter = retryAfter;
    }
}

/**
 * One request. An answer without a body is null.
 * @param {string} method
 * @param {string} path with its query
 * A body that is a text is sent as it is.
 * @param {{body?: unknown, headers?: Record<string, string>, signal?: AbortSignal, raw?: boolean}} [options] raw: the answer's text
 */
export async function request(method, path, { body, headers = {}, signal, raw = false } = {}) {
    const limit = AbortSignal.timeout(PATIENCE);
    try {
        const response = await fetch(path, {
            method,
            headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
            body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
            signal: signal ? AbortSignal.any([signal, limit]) : limit,
            credentials: 'same-origin',
            cache: 'no-store',
        });
        if (!response.ok) {
            throw await problemOf(response);
        }
        const text = await response.text();
        return raw ? text : text === '' ? null : JSON.parse(text);
    } catch (error) {
        if (error instanceof Problem || signal?.aborted) {
            throw error;
        }
        // Also when the connection ends within the answer: what it would have said is not known.
        throw new Problem({ status: 0, code: 'NO_ANSWER', detail: texts.problems.noAnswer });
    }
}

async function problemOf(response) {
    let document;
    try {
        document = await response.json();
    } catch {
        document = {};
    }
    const problem = new Problem(
        { ...document, status: response.status, detail: document.detail ?? texts.problems.status(response.status) },
        Number(response.headers.get('Retry-After')) || 0,
    );
    if (response.status === 401) {
        window.dispatchEvent(new CustomEvent('presence-signed-out', { detail: problem }));
    }
    return problem;
}

/** @param {string} path @param {{signal?: AbortSignal}} [options] */
export function get(path, options) {
    return request('GET', path, options);
}

/**
 * A command. It has an id of its own, so that it is applied once even when its first answer was lost and it is sent again.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {{ifMatch?: number | string, headers?: Record<string, string>}} [options] ifMatch: the agent's version that it holds for
 */
export async function command(method, path, body, { ifMatch, headers = {} } = {}) {
    const all = { 'Idempotency-Key': commandId(), ...headers };
    if (ifMatch !== undefined) {
        all['If-Match'] = `"${ifMatch}"`;
    }
    try {
        return await request(method, path, { body, headers: all });
    } catch (problem) {
        if (problem.code !== 'NO_ANSWER') {
            throw problem;
        }
        return request(method, path, { body, headers: all });
    }
}

/** An id that nobody else gives. */
function commandId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return 'page-' + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A path whose parts are ids or words: `path`/v1/agents/${id}``. */
export function path(strings, ...ids) {
    return String.raw({ raw: strings }, ...ids.map((id) => encodeURIComponent(id)));
}

/** A query of what is not empty. @param {Record<string, unknown>} parameters */
export function query(parameters) {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
        for (const one of Array.isArray(value) ? value : [value]) {
            if (one !== undefined && one !== null && one !== '') {
                search.append(name, String(one));
            }
        }
    }
    const text = search.toString();
    return text === '' ? '' : '?' + text;
}

/** Every page of a list, one after the other. @param {string} address @param {string} field @param {Record<string, unknown>} [parameters] */
export async function* pages(address, field, parameters = {}) {
    let cursor;
    do {
        const page = await get(address + query({ ...parameters, cursor }));
        yield page[field];
        cursor = page.nextCursor;
    } while (cursor);
}
