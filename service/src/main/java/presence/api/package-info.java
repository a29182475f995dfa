/** The wire: how commands, definitions and answers are written as JSON, and what is said of input that is not. */
@NullMarked
package presence.api;

import org.jspecify.annotations.NullMarked;
