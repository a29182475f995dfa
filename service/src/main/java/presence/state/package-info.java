/**
 * What has been reported, and what became of it: agents, conversations and definitions, changed by commands and by
 * deadlines. The rules are asked after every change; nothing here decides what they decide.
 */
@NullMarked
package presence.state;

import org.jspecify.annotations.NullMarked;
