/** The change stream: what becomes of agents and queues, told to many subscribers as it happens. */
@NullMarked
package presence.live;

import org.jspecify.annotations.NullMarked;
