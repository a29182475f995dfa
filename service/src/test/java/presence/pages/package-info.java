/** The pages of the jar as it is shipped, in a real browser. */
@NullMarked
package presence.pages;

import org.jspecify.annotations.NullMarked;
