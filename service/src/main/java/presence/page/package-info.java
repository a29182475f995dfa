/** The doors for people: the pages, which are built from {@code src/pages}, and the description of the API. */
@NullMarked
package presence.page;

import org.jspecify.annotations.NullMarked;
