/** A contact centre's day, driven through the service as its clients would drive it. */
@NullMarked
package presence.demo;

import org.jspecify.annotations.NullMarked;
