package presence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drivers, migrations and JDBI still find their parts when everything is packed into one jar. */
class JournalJarIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_journal_of_the_packed_program_takes_entries(TestDatabases databases) throws Exception {
        Path tests = Path.of(WritingProcess.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        // Of the class path only the jar, and the tests' own classes behind it.
        String classPath = Objects.requireNonNull(System.getProperty("presence.jar")) + ":" + tests;

        try (WritingProcess.Child child = WritingProcess.start(
                List.of(), classPath, databases.fresh(folder), 100, folder.resolve("no-such-file"))) {
            assertThat(child.nextLine()).isEqualTo("acknowledged 1");
            child.say("stop");
            assertThat(child.lineBeginning("found")).matches("found [1-9]\\d*");
        }
    }
}
