/** The one writer: takes commands in, makes them durable, applies them, publishes what became of them. */
@NullMarked
package presence.loop;

import org.jspecify.annotations.NullMarked;
