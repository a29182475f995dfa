package presence.history;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import presence.history.HistoryReader.Standing;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;

/** Deletes what is older than is to be kept, some agents at a time, round after round. For one thread. */
final class Pruner {
    /** How many agents a bite takes: some milliseconds of one transaction. */
    private static final int AGENTS = 100;

    /** How far apart the beginnings of two rounds are. */
    private static final Duration ROUND = Duration.ofHours(1);

    private final Duration retention;
    private final Clock clock;
    private long nextRound;
    private long edge;

    /** The agent the last bite ended with. */
    private String after = "";

    private boolean biting;

    Pruner(Duration retention, Clock clock) {
        this.retention = retention;
        this.clock = clock;
    }

    /** Takes a bite if one is due; answers where the history stands then. */
    Standing bite(RecordsDatabase records, Standing standing) throws RecordsException {
        if (!biting) {
            if (clock.millis() < nextRound) {
                return standing;
            }
            nextRound = clock.millis() + ROUND.toMillis();
            edge = clock.millis() - retention.toMillis();
            if (edge <= standing.keptSince()) {
                return standing;
            }
            biting = true;
            after = "";
        }
        // From here on nobody is told that there is more.
        Standing kept = new Standing(standing.recorded(), Math.max(edge, standing.keptSince()), standing.rules());
        List<String> agents = records.write("delete what is too old", handle -> {
            HistoryReader history = new HistoryReader(handle);
            history.standing(kept);
            List<String> next = history.agents(after, AGENTS);
            next.forEach(agent -> history.prune(agent, edge));
            return next;
        });
        biting = agents.size() == AGENTS;
        after = biting ? agents.get(AGENTS - 1) : "";
        return kept;
    }
}
