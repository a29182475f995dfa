package presence.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import presence.command.Cause;
import presence.command.Command;
import presence.command.CommandType;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.RulesRelease;
import presence.model.RandomCommands;

/** Input is read strictly: what is not exactly as it should be is refused, with its place and what was expected. */
class CommandReaderTest {

    private static Envelope read(byte[] bytes) {
        return CommandReader.command(CommandReader.json(bytes, 0, bytes.length));
    }

    private static Envelope read(String json) {
        return read(json.getBytes(UTF_8));
    }

    private static BadInput refused(String json) {
        return refused(json.getBytes(UTF_8));
    }

    private static BadInput refused(byte[] json) {
        BadInput refusal = catchThrowableOfType(BadInput.class, () -> read(json));
        assertThat(refusal).as("should be refused: %s", new String(json, UTF_8)).isNotNull();
        return refusal;
    }

    private static String line(Envelope envelope) {
        return new String(CommandWriter.line(envelope), UTF_8);
    }

    // --- what is written is read

    @Test
    void commands_are_read_as_they_were_written() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            RandomCommands commands = new RandomCommands(random);
            List<Envelope> envelopes = new ArrayList<>(
                    commands.beginnings().stream().map(Envelope::of).toList());
            for (int i = 0; i < 500; i++) {
                envelopes.add(commands.next(id -> random.nextInt(5)));
            }
            for (Envelope envelope : envelopes) {
                byte[] line = CommandWriter.line(envelope);
                assertThat(read(line)).as("seed %d", seed).isEqualTo(envelope);
                assertThat(CommandWriter.line(read(line))).isEqualTo(line);
                assertThat(line).endsWith((byte) '\n');
            }
        }
    }

    @Test
    void a_line_of_the_journal_holds_no_line_feed_but_its_last() {
        String line = line(read("{\"type\":\"PUT_QUEUE\",\"definition\":{\"id\":\"q\",\"name\":\"a\u2028b\"}}"));

        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    }

    // --- what is not a document

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "{",
                "}",
                "nul",
                "{\"type\":\"SIGN_IN\",\"agent\":\"a\"",
                "{\"type\":\"SIGN_IN\",\"agent\":\"a\"}x",
                "{\"type\":\"SIGN_IN\",\"agent\":\"a\"}{}",
                "{\"type\":\"SIGN_IN\",\"agent\":\"a\",}",
                "{\"type\":\"SIGN_IN\",\"agent\":'a'}",
                "{type:\"SIGN_IN\"}",
                "{\"type\":\"SIGN_IN\",\"type\":\"SIGN_IN\",\"agent\":\"a\"}",
                "{\"type\":\"SIGN_IN\",\"agent\":\"a\",\"agent\":\"b\"}",
                "{\"type\":\"PUT_QUEUE\",\"definition\":{\"id\":\"q\",\"id\":\"q\",\"name\":\"Q\"}}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":+1}",
                "{\"a\":01}",
                "{\"a\":123456789012345678901234567890123}",
                "{\"a\":\"\u0007\"}",
                "{\"a\":\"\\x\"}",
                "// a comment\n{}",
                "[[[[[[[[[1]]]]]]]]]",
                "\uFEFF"
            })
    void what_is_not_one_json_document_is_malformed(String json) {
        assertThat(refused(json).code()).isEqualTo(ErrorCode.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[{}]", "\"SIGN_IN\"", "1", "1e999999999", "true", "{}"})
    void a_document_that_is_no_command_says_what_was_expected(String json) {
        BadInput refusal = refused(json);

        assertThat(refusal.code()).isIn(ErrorCode.INVALID_VALUE, ErrorCode.MISSING_FIELD);
        assertThat(refusal.getMessage()).containsIgnoringCase("expected");
    }

    @Test
    void bytes_in_any_other_encoding_are_refused_or_read_but_never_a_fault_of_the_service() {
        byte[][] documents = {
            {0, 0, (byte) 0xFF, (byte) 0xFE},
            {0, 0, (byte) 0xFE, (byte) 0xFF},
            {(byte) 0xFE, (byte) 0xFF},
            {(byte) 0xFF, (byte) 0xFE, 0, 0},
            {0, 0, 0, '{'},
            {'{', 0, 0, 0},
            {0, '{', 0},
            {'{', 0},
            {(byte) 0xC3, '"'},
            {'"', (byte) 0xC3, '"'},
            {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
            {'"', (byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
            {0}
        };
        for (byte[] document : documents) {
            refused(document);
        }
    }

    // --- what every kind of fault says

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'SIGNIN','agent':'a'} | UNKNOWN_COMMAND | /type | Maybe 'SIGN_IN'",
                "{'type':7,'agent':'a'} | INVALID_VALUE | /type | expected one of",
                "{'agent':'a'} | MISSING_FIELD | /type | expected a command",
                "{'type':'SIGN_IN'} | MISSING_FIELD | /agent | expected an id",
                "{'type':'SIGN_IN','agent':null} | MISSING_FIELD | /agent | expected an id",
                "{'type':'SIGN_IN','agent':'a','agnt':'b'} | UNKNOWN_FIELD | /agnt | Maybe 'agent'",
                "{'type':'SIGN_IN','agent':'a','a/b~c':1} | UNKNOWN_FIELD | /a~1b~0c | expected",
                "{'type':'SIGN_IN','agent':7} | INVALID_ID | /agent | Found 7",
                "{'type':'SIGN_IN','agent':''} | INVALID_ID | /agent | 1 to 128",
                "{'type':'SIGN_IN','agent':'a b'} | INVALID_ID | /agent | A–Z",
                "{'type':'SIGN_IN','agent':'ä'} | INVALID_ID | /agent | A–Z",
                "{'type':'SIGN_IN','agent':'a/b'} | INVALID_ID | /agent | A–Z",
                "{'type':'SIGN_IN','agent':'a\\n'} | INVALID_ID | /agent | A–Z",
                "{'type':'SIGN_IN','agent':['a']} | INVALID_ID | /agent | Found",
                "{'type':'SIGN_IN','agent':'a','id':'b c'} | INVALID_ID | /id | A–Z",
                "{'type':'SIGN_IN','agent':'a','ifMatch':-1} | INVALID_VALUE | /ifMatch | 0 or more",
                "{'type':'SIGN_IN','agent':'a','ifMatch':1.5} | INVALID_VALUE | /ifMatch | whole number",
                "{'type':'SIGN_IN','agent':'a','ifMatch':99999999999999999999} | INVALID_VALUE | /ifMatch | whole",
                "{'type':'END_CONVERSATION','conversation':'c','ifMatch':1} | INVALID_VALUE | /ifMatch | agent",
                "{'type':'READY','agent':'a','reason':''} | INVALID_VALUE | /reason | 1 to 128",
                "{'type':'SELECT_PROFILE','agent':'a','profile':'p','duration':'PT0S'} | INVALID_VALUE | /duration | PT30M",
                "{'type':'SELECT_PROFILE','agent':'a','profile':'p','duration':'-PT5M'} | INVALID_VALUE | /duration | PT30M",
                "{'type':'SELECT_PROFILE','agent':'a','profile':'p','duration':'PT-5M'} | INVALID_VALUE | /duration | PT30M",
                "{'type':'SELECT_PROFILE','agent':'a','profile':'p','duration':'PT0.0005S'} | INVALID_VALUE | /duration | milliseconds",
                "{'type':'SELECT_PROFILE','agent':'a','profile':'p','duration':'P367D'} | INVALID_VALUE | /duration | PT8784H",
                "{'type':'SELECT_PROFILE','agent':'a','profile':'p','duration':'PT99999999999999999999H'} | INVALID_VALUE | /duration | Found",
                "{'type':'SELECT_PROFILE','agent':'a','profile':'p','duration':'P1Y'} | INVALID_VALUE | /duration | Found",
                "{'type':'SELECT_PROFILE','agent':'a','profile':'p','duration':'20m'} | INVALID_VALUE | /duration | Found",
                "{'type':'SELECT_PROFILE','agent':'a','profile':'p','duration':1800} | INVALID_VALUE | /duration | Found 1800",
                "{'type':'ADD_CAPABILITY','agent':'a','capability':'CHATS'} | INVALID_VALUE | /capability | Maybe 'CHAT'",
                "{'type':'ADD_CAPABILITY','agent':'a','capability':'chat'} | INVALID_VALUE | /capability | Maybe 'CHAT'",
                "{'type':'START_CONVERSATION','conversation':'c','agent':'a','channel':'FAX'} | INVALID_VALUE | /channel | PHONE",
                "{'type':'START_CONVERSATION','conversation':'c','agent':'a','channel':'PHONE','direct':true} | INVALID_VALUE | /direct | CHAT",
                "{'type':'START_CONVERSATION','conversation':'c','agent':'a','channel':'CHAT','direct':'yes'} | INVALID_VALUE | /direct | true or false",
                "{'type':'PUT_PROFILE'} | MISSING_FIELD | /definition | an object",
                "{'type':'PUT_PROFILE','definition':[]} | INVALID_VALUE | /definition | an object",
                "{'type':'PUT_PROFILE','definition':{'id':'p','name':'P','type':'AWAY','rounding':7}} | INVALID_VALUE | /definition/rounding | divisor of 60",
                "{'type':'PUT_PROFILE','definition':{'id':'p','name':'P','type':'AWAY','rounding':0}} | INVALID_VALUE | /definition/rounding | 1 to 60",
                "{'type':'PUT_PROFILE','definition':{'id':'p','name':'P','type':'AWAY','rounding':61}} | INVALID_VALUE | /definition/rounding | 1 to 60",
                "{'type':'PUT_PROFILE','definition':{'id':'p','name':'P','type':'AWAY','rounding':10.0}} | INVALID_VALUE | /definition/rounding | whole",
                "{'type':'PUT_PROFILE','definition':{'id':'p','name':'P','type':'AWAY','colour':'red'}} | INVALID_VALUE | /definition/colour | #c62828",
                "{'type':'PUT_PROFILE','definition':{'id':'p','name':'P','type':'AWAY','icon':'<b>'}} | INVALID_VALUE | /definition/icon | icon",
                "{'type':'PUT_PROFILE','definition':{'id':'p','name':'P','type':'AWAY','color':'#c62828'}} | UNKNOWN_FIELD | /definition/color | Maybe 'colour'",
                "{'type':'PUT_PROFILE','definition':{'id':'p','name':'P'}} | MISSING_FIELD | /definition/type | AVAILABLE",
                "{'type':'PUT_AGENT','definition':{'id':'a','name':'A','timeZone':'Europe/Helsinky'}} | INVALID_VALUE | /definition/timeZone | Maybe 'Europe/Helsinki'",
                "{'type':'PUT_AGENT','definition':{'id':'a','name':'A','timeZone':'+99:00'}} | INVALID_VALUE | /definition/timeZone | time zone",
                "{'type':'PUT_AGENT','definition':{'id':'a','name':'A','timeZone':3}} | INVALID_VALUE | /definition/timeZone | time zone",
                "{'type':'PUT_AGENT','definition':{'id':'a','name':'A','timeZone':'UTC','queues':'q'}} | INVALID_VALUE | /definition/queues | list",
                "{'type':'PUT_AGENT','definition':{'id':'a','name':'A','timeZone':'UTC','queues':['q',null]}} | INVALID_ID | /definition/queues/1 | Found null",
                "{'type':'PUT_AGENT','definition':{'id':'a','name':'A','timeZone':'UTC','capabilities':['CHAT','FAX']}} | INVALID_VALUE | /definition/capabilities/1 | PHONE",
                "{'type':'PUT_AGENT','definition':{'id':'a','name':'A','timeZone':'UTC','labels':['team lead']}} | INVALID_ID | /definition/labels/0 | team lead",
                "{'type':'PUT_AGENT','definition':{'id':'a','name':'A','timeZone':'UTC','labels':'lead'}} | INVALID_VALUE | /definition/labels | at most 50",
                "{'type':'PUT_AGENT','definition':{'id':'a','name':'  ','timeZone':'UTC'}} | INVALID_VALUE | /definition/name | 1 to 256",
                "{'type':'PUT_POLICY','definition':{'capacity':{'CHAT':-1}}} | INVALID_VALUE | /definition/capacity/CHAT | 0 to 1000",
                "{'type':'PUT_POLICY','definition':{'capacity':{'EMAIL':1}}} | UNKNOWN_FIELD | /definition/capacity/EMAIL | ITEMS",
                "{'type':'PUT_POLICY','definition':{'capacity':7}} | INVALID_VALUE | /definition/capacity | object",
                "{'type':'PUT_POLICY','definition':{'wrapUp':{'CHAT':'PT-1S'}}} | INVALID_VALUE | /definition/wrapUp/CHAT | PT0S",
                "{'type':'PUT_POLICY','definition':{'itemChannels':['EMAIL','PHONE']}} | INVALID_VALUE | /definition/itemChannels | ACTION_ITEM",
                "{'type':'PUT_QUEUE_GROUP','definition':{'id':'g','name':'G'}} | MISSING_FIELD | /definition/queues | ids"
            })
    void a_fault_is_named_with_its_code_its_place_and_what_was_expected(
            String json, ErrorCode code, String pointer, String said) {
        BadInput refusal = refused(json.replace('\'', '"').replace("Maybe \"", "Maybe '"));

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.faults().get(0).pointer()).isEqualTo(pointer);
        assertThat(refusal.faults().get(0).detail()).contains(said);
    }

    @Test
    void every_fault_of_a_document_is_named_at_once() {
        BadInput refusal =
                refused("{\"type\":\"PUT_PROFILE\",\"definition\":{\"id\":\"a b\",\"type\":\"AWAKE\",\"x\":1}}");

        assertThat(refusal.faults())
                .extracting(BadInput.Fault::pointer)
                .containsExactlyInAnyOrder("/definition/id", "/definition/name", "/definition/type", "/definition/x");
    }

    @Test
    void ids_have_up_to_128_characters() {
        String longest = "a".repeat(128);
        assertThat(read("{\"type\":\"SIGN_IN\",\"agent\":\"" + longest + "\"}").command())
                .isEqualTo(new Command.SignIn(longest));
        assertThat(refused("{\"type\":\"SIGN_IN\",\"agent\":\"" + longest + "a\"}")
                        .code())
                .isEqualTo(ErrorCode.INVALID_ID);
    }

    @Test
    void the_longest_duration_is_366_days_and_the_shortest_a_millisecond() {
        for (String duration : List.of("P366D", "PT8784H", "PT0.001S")) {
            Command.SelectProfile select = (Command.SelectProfile)
                    read("{\"type\":\"SELECT_PROFILE\",\"agent\":\"a\",\"profile\":\"p\",\"duration\":\"" + duration
                                    + "\"}")
                            .command();
            assertThat(select.duration()).isEqualTo(Duration.parse(duration));
        }
    }

    @Test
    void an_id_listed_twice_counts_once() {
        Command command = read("{\"type\":\"PUT_QUEUE_GROUP\",\"definition\":{\"id\":\"g\",\"name\":\"G\","
                        + "\"queues\":[\"q2\",\"q1\",\"q2\"]}}")
                .command();

        assertThat(((Command.PutQueueGroup) command).definition().queues()).containsExactly("q2", "q1");
    }

    // --- text

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\u0000b",
                "a\\tb",
                "a\\u001bb",
                "a\\u0085b",
                "\\ud83d",
                "a\\ude00b",
                "\\ude00\\ud83d",
                "\\u0020"
            })
    void control_characters_and_halves_of_characters_are_refused_in_names(String name) {
        BadInput refusal = refused("{\"type\":\"PUT_QUEUE\",\"definition\":{\"id\":\"q\",\"name\":\"" + name + "\"}}");

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(refusal.faults().get(0).pointer()).isEqualTo("/definition/name");
        assertWritable(refusal);
    }

    @Test
    void names_in_any_script_are_kept() {
        String name = "Åsa 山 \uD83D\uDE00 ــ";
        Command command = read("{\"type\":\"PUT_QUEUE\",\"definition\":{\"id\":\"q\",\"name\":\"" + name + "\"}}")
                .command();

        assertThat(((Command.PutQueue) command).definition().name()).isEqualTo(name);
        assertThat(read(line(Envelope.of(command))).command()).isEqualTo(command);
    }

    @Test
    void what_is_said_of_bad_input_can_always_be_sent() {
        for (int length = 55; length < 75; length++) {
            String text = "x".repeat(length) + "\uD83D\uDE00".repeat(20);
            assertWritable(refused("{\"type\":\"" + text + "\"}"));
            assertWritable(refused("{\"type\":\"SIGN_IN\",\"agent\":\"" + text + "\"}"));
            assertWritable(refused("{\"type\":\"SIGN_IN\",\"agent\":\"a\",\"" + text + "\":1}"));
            assertWritable(refused("{\"type\":\"ADD_CAPABILITY\",\"agent\":\"a\",\"capability\":\"" + text + "\"}"));
            assertWritable(refused("{\"type\":\"PUT_AGENT\",\"definition\":{\"id\":\"a\",\"name\":\"A\",\"timeZone\":\""
                    + text + "\"}}"));
        }
        assertWritable(refused("{\"type\":\"SIGN_IN\",\"agent\":\"a\",\"\\ud83d\":1}"));
        assertWritable(refused("{\"\\ud83d\\ud83d\":1,\"\\ud83d\\ud83d\":2}"));
        assertWritable(refused("{\"type\":\"\\ud83d\"}"));
    }

    /** Nothing in it is half a character, and nothing is long. */
    private static void assertWritable(BadInput refusal) {
        for (BadInput.Fault fault : refusal.faults()) {
            assertThat(UTF_8.newEncoder().canEncode(fault.pointer())).isTrue();
            assertThat(UTF_8.newEncoder().canEncode(fault.detail())).isTrue();
            assertThat(fault.detail()).hasSizeLessThan(2_000);
            assertThat(fault.pointer()).hasSizeLessThan(500);
        }
        assertThat(refusal.faults()).hasSizeLessThanOrEqualTo(100);
    }

    // --- large input

    @Test
    void large_input_is_answered_shortly() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            fields.append(",\"f").append(i).append("\":1");
        }
        assertWritable(refused("{\"type\":\"SIGN_IN\",\"agent\":\"a\"" + fields + "}"));
        assertWritable(refused("{\"type\":\"" + "S".repeat(1_000_000) + "\"}"));
        assertWritable(refused("{\"type\":\"SIGN_IN\",\"agent\":\"a\",\"" + "n".repeat(40_000) + "\":1}"));
        assertWritable(refused("{\"type\":\"SIGN_IN\",\"" + "n".repeat(1_000_000) + "\":1}"));
        assertWritable(refused("{\"" + "n".repeat(40_000) + "\":1,\"" + "n".repeat(40_000) + "\":2}"));
        assertWritable(refused("n".repeat(1_000_000)));
        assertWritable(refused("{\"type\":\"SELECT_PROFILE\",\"agent\":\"a\",\"profile\":\"p\",\"duration\":\"PT"
                + "1".repeat(1_000_000) + "S\"}"));
        assertWritable(refused("{\"type\":\"PUT_AGENT\",\"definition\":{\"id\":\"a\",\"name\":\"A\",\"timeZone\":\""
                + "Europe/".repeat(100_000) + "\"}}"));
        assertWritable(
                refused("{\"type\":\"PUT_AGENT\",\"definition\":{\"id\":\"a\",\"name\":\"A\",\"timeZone\":\"UTC\","
                        + "\"capabilities\":[" + "\"X\",".repeat(100_000) + "\"X\"]}}"));
        assertWritable(
                refused("{\"type\":\"PUT_AGENT\",\"definition\":{\"id\":\"a\",\"name\":\"A\",\"timeZone\":\"UTC\","
                        + "\"queues\":[" + "\"x y\",".repeat(900) + "\"X\"]}}"));
        assertWritable(
                refused("{\"type\":\"PUT_AGENT\",\"definition\":{\"id\":\"a\",\"name\":\"A\",\"timeZone\":\"UTC\","
                        + "\"queues\":[" + "\"x\",".repeat(100_000) + "\"x\"]}}"));
        assertWritable(refused("[".repeat(1_000_000)));
        assertWritable(refused("{\"a\":".repeat(100_000)));
        assertWritable(refused("1".repeat(1_000_000)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void mangled_commands_are_read_or_refused_and_nothing_else(CommandType type) {
        long seed = 7L + type.ordinal();
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random);
        byte[] line = null;
        for (int i = 0; i < 10_000 && line == null; i++) {
            Command command = commands.anyCommand();
            line = command.type() == type ? CommandWriter.line(Envelope.of(command)) : null;
        }
        for (int i = 0; i < 800; i++) {
            byte[] mangled = line.clone();
            for (int times = random.nextInt(3); times >= 0; times--) {
                mangled[random.nextInt(mangled.length)] = (byte)
                        (random.nextBoolean() ? "\"{}[]:,0-9.\\eu\0".charAt(random.nextInt(14)) : random.nextInt(256));
            }
            try {
                Envelope read = read(mangled);
                assertThat(read(CommandWriter.line(read))).as("seed %d", seed).isEqualTo(read);
            } catch (BadInput e) {
                assertWritable(e);
            }
        }
    }

    static CommandType[] types() {
        return Arrays.stream(CommandType.values())
                .filter(type -> !type.internal())
                .toArray(CommandType[]::new);
    }

    @Test
    void what_only_the_service_gives_itself_is_read_from_the_journal_and_taken_from_nobody() {
        for (Command command : List.of(
                new Command.ActivateRules(new RulesRelease(7, "abc")),
                new Command.ActivateRules(RulesRelease.PROGRAM),
                new Command.DecideAgain("anna"))) {
            Envelope given = new Envelope(command, null, null, "release:7", Cause.RULE);
            byte[] line = CommandWriter.line(given);
            assertThat(CommandReader.journalled(CommandReader.json(line, 0, line.length)))
                    .isEqualTo(given);
            assertThatExceptionOfType(BadInput.class)
                    .isThrownBy(() -> CommandReader.command(CommandReader.json(line, 0, line.length)))
                    .withMessageContaining("There is no command '" + command.type() + "'");
        }
    }
}
