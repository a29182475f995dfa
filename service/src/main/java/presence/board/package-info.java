/** Counts the contact centre for boards and walls, and says whom somebody should look at. */
@NullMarked
package presence.board;

import org.jspecify.annotations.NullMarked;
