/**
 * The vocabulary: the facts that rules may read and the verdict they may conclude.
 *
 * <p>Facts are immutable. A fact goes into the session, rules fire on it, and it comes out again; nothing is ever
 * updated in place, because an updated fact that stops matching a single-pattern rule is never let go of by the
 * engine.
 */
@NullMarked
package presence.facts;

import org.jspecify.annotations.NullMarked;
