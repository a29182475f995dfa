/** The commands of the program, and what they say when something keeps them from doing their work. */
@NullMarked
package presence.cli;

import org.jspecify.annotations.NullMarked;
