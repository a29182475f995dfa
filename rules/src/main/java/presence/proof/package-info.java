/**
 * Proves a set of rules over every case there is, not over examples: that every agent has exactly one status, that
 * deadlines end, that each rule can have its say, and that the product's promises hold.
 *
 * <p>Each question is asked over the cases that the rules behind it can tell apart: the product of what they read, with the
 * texts they name, thinned by argument and never by chance. The rules answer in the same session as in the service.
 */
@NullMarked
package presence.proof;

import org.jspecify.annotations.NullMarked;
