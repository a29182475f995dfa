/** The whole service over HTTP: the jar as it is shipped, in a process of its own, with real databases. */
@NullMarked
package presence.http;

import org.jspecify.annotations.NullMarked;
