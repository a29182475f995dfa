/** What the world may tell the engine: commands, the definitions they carry, and how they come out. */
@NullMarked
package presence.command;

import org.jspecify.annotations.NullMarked;
