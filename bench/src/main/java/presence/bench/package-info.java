/** Programs that measure how fast and how large the engine is, each beside something to compare it with. */
@NullMarked
package presence.bench;

import org.jspecify.annotations.NullMarked;
