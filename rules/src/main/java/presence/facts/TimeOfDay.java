package presence.facts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a text that is a time of day by a local clock, {@code HH:mm}, 00:00 to 23:59: as texts such times compare as they
 * follow each other, so that rules may ask {@code localTime >= "18:00"}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface TimeOfDay {
    /** Its form, a regular expression. */
    String FORM = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
}
