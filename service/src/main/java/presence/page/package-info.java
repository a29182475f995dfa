/** The door for people: the description of the API, and the page that shows it. */
@NullMarked
package presence.page;

import org.jspecify.annotations.NullMarked;
