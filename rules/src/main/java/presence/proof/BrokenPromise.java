package presence.proof;

import presence.engine.RuleFault;

/**
 * A promise that the rules do not keep.
 *
 * @param promise the promise
 * @param fault where, and the smallest case in which it is broken
 */
public record BrokenPromise(Promise promise, RuleFault fault) {}
