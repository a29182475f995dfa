package presence.board;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import presence.index.PresenceIndex;

/**
 * Counts the contact centre for who wants to see all of it. Everybody looks at the same picture, which is made anew when it is
 * asked for and a second old: so a thousand boards cost as much as one. Any thread.
 */
public final class Board {
    /** How old a picture may become, in milliseconds. */
    static final long OLDEST = 1_000;

    private final Supplier<PresenceIndex> index;
    private final LongSupplier time;
    private volatile @Nullable Picture last;

    /**
     * @param index what is visible
     * @param time the service's time, in milliseconds since 1970-01-01T00:00Z
     */
    public Board(Supplier<PresenceIndex> index, LongSupplier time) {
        this.index = index;
        this.time = time;
    }

    /** The contact centre as it is, or was less than a second ago. */
    public Picture picture() {
        Picture known = last;
        return known != null && isFresh(known) ? known : draw();
    }

    private boolean isFresh(Picture picture) {
        return time.getAsLong() - picture.at() < OLDEST;
    }

    private synchronized Picture draw() {
        Picture known = last;
        if (known != null && isFresh(known)) {
            return known;
        }
        Picture drawn = Picture.of(index.get(), time.getAsLong());
        last = drawn;
        return drawn;
    }
}
