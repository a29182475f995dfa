/** What operations ask: is it well, and what is it doing. */
@NullMarked
package presence.health;

import org.jspecify.annotations.NullMarked;
