/** Says why an agent is what it is, and what would change it, by asking the rules beside the running engine. */
@NullMarked
package presence.explain;

import org.jspecify.annotations.NullMarked;
