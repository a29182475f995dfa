package presence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a journal says when it cannot. */
final class Failures {

    private Failures() {}

    /** The failure, which must be of the journal, in one line, without the password. */
    static JournalException failureOf(ThrowingCallable call) {
        JournalException failure = catchThrowableOfType(JournalException.class, call);
        assertThat(failure).as("a JournalException was expected").isNotNull();
        assertThat(failure.getMessage()).doesNotContain("\n").doesNotContain(TestDatabases.Server.PASSWORD);
        return failure;
    }
}
