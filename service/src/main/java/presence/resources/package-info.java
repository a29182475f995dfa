/** The REST API: a resource reads, hands a command to the loop or asks the index, and writes. */
@NullMarked
package presence.resources;

import org.jspecify.annotations.NullMarked;
