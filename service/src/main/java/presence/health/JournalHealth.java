package presence.health;

import com.codahale.metrics.health.HealthCheck;
import presence.journal.Journal;
import presence.journal.JournalException;
import presence.loop.PresenceLoop;

/** Whether commands can be made durable right now. */
public final class JournalHealth extends HealthCheck {
    private final PresenceLoop loop;
    private final Journal journal;

    public JournalHealth(PresenceLoop loop, Journal journal) {
        this.loop = loop;
        this.journal = journal;
    }

    @Override
    protected Result check() {
        try {
            journal.check();
        } catch (JournalException e) {
            return Result.unhealthy(e.code() + ": " + e.getMessage());
        }
        return loop.journalFault()
                .map(fault -> Result.unhealthy(fault.code() + ": " + fault.getMessage()))
                .orElseGet(Result::healthy);
    }
}
