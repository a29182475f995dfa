/** What was: every state that agents were in, recorded once from what the loop tells, and the questions about it. */
@NullMarked
package presence.history;

import org.jspecify.annotations.NullMarked;
