package presence.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import presence.engine.RuleBook;

final class ReplayTest {
    private static final Path FILES = Path.of("src/test/resources/replay");
    private static final RuleBook RULES = RuleBook.shipped();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream refusals = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"mixed-1.ndjson,mixed-1.answers.ndjson", "day-150.ndjson.gz,day-150.answers.ndjson.gz"})
    void answers_what_an_independent_implementation_answers_and_the_same_bytes_again(String file, String answers)
            throws Exception {
        byte[] first = replay(FILES.resolve(file));

        assertThat(lines(first)).isEqualTo(lines(content(FILES.resolve(answers))));
        assertThat(replay(FILES.resolve(file))).isEqualTo(first);
        assertThat(refusals.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void the_content_tells_whether_a_file_is_gzipped() throws Exception {
        byte[] plain = beginning();
        Path gzippedByName = Files.write(folder.resolve("plain.gz"), plain);
        Path plainByName = Files.write(folder.resolve("gzipped.ndjson"), gzip(plain, 0, plain.length));

        assertThat(lines(replay(plainByName))).hasSizeGreaterThan(50);
        assertThat(replay(plainByName)).isEqualTo(replay(gzippedByName));
    }

    @Test
    void a_gzip_of_several_members_is_read_to_its_end() throws Exception {
        byte[] plain = beginning();
        int cut = plain.length / 3;
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip(plain, 0, cut));
        members.write(gzip(plain, cut, plain.length - cut));

        assertThat(replay(write(members.toByteArray()))).isEqualTo(replay(write(plain)));
    }

    @Test
    void a_refused_command_is_told_with_its_line_and_the_run_goes_on() throws Exception {
        byte[] answers = replay(write("""
                {"at":"2026-03-02T08:00:00.000Z","type":"SIGN_IN","agent":"nobody"}

                {"at":"2026-03-02T08:00:00.000Z","type":"SIGN_INN","agent":"a1"}
                {"at":"2026-03-02T08:00:01.000Z","type":"PUT_AGENT","definition":{"id":"a1","name":"A","timeZone":"UTC"}}
                {"at":"2026-03-02T08:00:02.000Z","query":"agent","agent":"a1"}"""));

        assertThat(refusals.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("line 1: UNKNOWN_AGENT"),
                        line -> assertThat(line)
                                .startsWith("line 3: UNKNOWN_COMMAND")
                                .contains("Maybe 'SIGN_IN'"));
        assertThat(lines(answers)).singleElement().satisfies(line -> {
            assertThat(line.get("line").asInt()).as("blank lines count").isEqualTo(5);
            assertThat(line.at("/answer/status").asText()).isEqualTo("OFFLINE");
        });
    }

    @Test
    void line_ends_of_other_systems_and_an_empty_file_are_no_fault() throws Exception {
        assertThat(lines(replay(write("""
                {"at":"2026-03-02T08:00:00.000Z","query":"agent","agent":"a1"}\r
                \r
                {"at":"2026-03-02T08:00:00.000Z","query":"agent","agent":"a2"}\r
                """)))).hasSize(2);
        assertThat(replay(write(""))).isEmpty();
    }

    @Test
    void a_line_longer_than_a_block_is_read_whole() throws Exception {
        String spaces = " ".repeat(300_000);
        String line = "{\"at\":\"2026-03-02T08:00:00.000Z\"," + spaces + "\"query\":\"agent\",\"agent\":\"a1\"}\n";

        assertThat(lines(replay(write(line + line)))).hasSize(2);
    }

    @Test
    void a_line_without_end_is_refused_before_it_fills_the_memory() throws Exception {
        Path file = write("{\"at\":\"2026-03-02T08:00:00.000Z\"," + " ".repeat(4 << 20));

        assertThatThrownBy(() -> replay(file))
                .isInstanceOf(ReplayFile.UnreadableLine.class)
                .hasMessageContaining("Line 1 is longer than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":\"agent\",\"agent\":\"a1\"}",
                "{\"at\":\"yesterday\",\"query\":\"agent\",\"agent\":\"a1\"}",
                "{\"at\":12,\"query\":\"agent\",\"agent\":\"a1\"}",
                "{\"at\":\"2026-03-02T08:00:00.000Z\"",
                "[]",
                "null"
            })
    void a_line_without_a_readable_time_ends_the_run_after_what_came_before_it(String line) throws Exception {
        Path file = write("{\"at\":\"2026-03-02T08:00:00.000Z\",\"query\":\"agent\",\"agent\":\"a1\"}\n" + line + "\n");
        ByteArrayOutputStream answers = new ByteArrayOutputStream();

        assertThatThrownBy(() -> replay(file, answers))
                .isInstanceOf(ReplayFile.UnreadableLine.class)
                .hasMessageStartingWith("Line 2 ");
        assertThat(lines(answers.toByteArray())).hasSize(1);
    }

    @Test
    void time_that_runs_backwards_ends_the_run() throws Exception {
        Path file = write("""
                {"at":"2026-03-02T08:00:00.001Z","query":"agent","agent":"a1"}
                {"at":"2026-03-02T08:00:00.000Z","query":"agent","agent":"a1"}
                """);

        assertThatThrownBy(() -> replay(file))
                .isInstanceOf(Replay.TimeRunsBackwards.class)
                .hasMessageContaining("Line 2");
    }

    @Test
    void a_gzip_that_is_cut_off_ends_the_run() throws Exception {
        byte[] whole = Files.readAllBytes(FILES.resolve("day-150.ndjson.gz"));
        Path file = write(java.util.Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> replay(file)).isInstanceOf(ReplayFile.ReadFailed.class);
    }

    /** The first lines of a file, so many that there are questions among them. */
    private static byte[] beginning() throws IOException {
        return Files.readAllLines(FILES.resolve("mixed-1.ndjson")).stream()
                .limit(400)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes, int offset, int length) throws IOException {
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
            gzip.write(bytes, offset, length);
        }
        return gzipped.toByteArray();
    }

    private byte[] replay(Path file) throws Exception {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        replay(file, answers);
        return answers.toByteArray();
    }

    private void replay(Path path, ByteArrayOutputStream answers) throws Exception {
        try (ReplayFile file = ReplayFile.open(path);
                Replay replay = new Replay(RULES, answers, new PrintStream(refusals, true, StandardCharsets.UTF_8))) {
            file.replay(replay, () -> {});
        }
    }

    private Path write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file"), bytes);
    }

    private static byte[] content(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readAllBytes();
            boolean gzipped = bytes.length > 2 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b;
            return gzipped ? new GZIPInputStream(new java.io.ByteArrayInputStream(bytes)).readAllBytes() : bytes;
        }
    }

    private static List<JsonNode> lines(byte[] ndjson) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : new String(ndjson, StandardCharsets.UTF_8).lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
