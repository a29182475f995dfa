/**
 * The doors' locks: who somebody is, what that role may do, how often, and the record of who did what. It knows no HTTP;
 * {@code presence.resources} asks it before anything else is done with a request.
 */
@NullMarked
package presence.door;

import org.jspecify.annotations.NullMarked;
