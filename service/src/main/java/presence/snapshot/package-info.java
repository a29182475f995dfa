/** Writes everything that has been reported into snapshots, and reads it from them. */
@NullMarked
package presence.snapshot;

import org.jspecify.annotations.NullMarked;
