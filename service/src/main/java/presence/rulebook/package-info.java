/** The rules as analysts own them: a draft, releases of which one concludes, and what a draft would change. */
@NullMarked
package presence.rulebook;

import org.jspecify.annotations.NullMarked;
