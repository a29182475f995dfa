/** The program: its commands, its settings, and where its parts are put together. */
@NullMarked
package presence;

import org.jspecify.annotations.NullMarked;
