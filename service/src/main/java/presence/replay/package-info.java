/** Runs files of commands and questions under their own time, with no server and no database. */
@NullMarked
package presence.replay;

import org.jspecify.annotations.NullMarked;
