package presence.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import presence.state.Happening;

/** Keeps what is noted in memory, each number once, as one on disk does. */
final class NotedChronicle implements Chronicle {
    private final List<Happening> happenings = new ArrayList<>();

    /** Whether it says that what it was given is durable. */
    volatile boolean recording = true;

    volatile boolean full;

    @Override
    public synchronized void note(Happening happening) {
        if (happenings.isEmpty()
                || happening.number() > happenings.get(happenings.size() - 1).number()) {
            happenings.add(happening);
        }
    }

    @Override
    public boolean full() {
        return full;
    }

    @Override
    public boolean recorded(long number, Duration atMost) {
        return recording;
    }

    synchronized List<Happening> happenings() {
        return List.copyOf(happenings);
    }
}
