/** The read side: written by the thread that owns the state, read by any thread without a lock. */
@NullMarked
package presence.index;

import org.jspecify.annotations.NullMarked;
