package presence.resources;

import static presence.command.ErrorCode.RECORDS_UNAVAILABLE;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.loop.Unavailable;
import presence.records.RecordsException;

/** Asks the database of records for a request. It may be away; then the caller is told, and may try again. */
final class Records {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);

    private static final int RETRY_AFTER_SECONDS = 5;

    private Records() {}

    /** Something asked of the records, or changed in them. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws RecordsException;
    }

    /**
     * The answer.
     *
     * @param unavailable what the caller is told when there is none now, in a sentence
     * @throws Unavailable if there is none now
     */
    static <T> T ask(Question<T> question, String unavailable) {
        try {
            return question.ask();
        } catch (RecordsException e) {
            LOG.warn("{} {}", unavailable, e.getMessage());
            throw new Unavailable(RECORDS_UNAVAILABLE, unavailable, RETRY_AFTER_SECONDS);
        }
    }
}
