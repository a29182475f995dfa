package presence.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.command.CommandType;
import presence.page.OpenApi;
import presence.page.OpenApi.Operation;

/** The table of the runbook says who may do what; the code has the same table, and the service goes by it at every address. */
class EveryDoorTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:30:00.000Z");
    private static final List<String> COLUMNS = List.of("AGENT", "SUPERVISOR", "ROUTING", "ANALYST", "ADMIN");

    private final OpenApi api = OpenApi.read();

    @TempDir
    private Path folder;

    /** The runbook's table: method and address, and a word for each role. */
    private static Map<String, Map<String, String>> runbook() throws Exception {
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            String[] cells = line.split("\\|");
            if (cells.length == COLUMNS.size() + 2 && cells[1].strip().matches("`(GET|PUT|POST|DELETE) /.*`")) {
                Map<String, String> words = new LinkedHashMap<>();
                for (int i = 0; i < COLUMNS.size(); i++) {
                    words.put(COLUMNS.get(i), cells[i + 2].strip());
                }
                table.put(cells[1].strip().replace("`", ""), words);
            }
        }
        return table;
    }

    private static Map<String, Map<String, String>> code() {
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        for (Access.Row row : Access.TABLE) {
            if (row.open() && row.path().startsWith("/v1/")) {
                Map<String, String> words = new LinkedHashMap<>();
                COLUMNS.forEach(role -> words.put(role, "open"));
                table.put(row.method() + " " + row.path(), words);
            } else if (!row.open()) {
                Map<String, String> words = new LinkedHashMap<>();
                words.put(
                        "AGENT",
                        switch (row.own()) {
                            case NOTHING -> "";
                            case ALL -> "yes";
                            case DIRECTORY, PRESENCE, STREAM -> "all";
                            case AGENT, QUERY, CONVERSATION, OFFER, LINES -> "own";
                        });
                COLUMNS.stream()
                        .skip(1)
                        .forEach(role -> words.put(role, row.roles().contains(Role.valueOf(role)) ? "yes" : ""));
                table.put(row.method() + " " + row.path(), words);
            }
        }
        return table;
    }

    @Test
    void the_runbook_has_the_table_of_the_code() throws Exception {
        assertThat(runbook()).isEqualTo(code());
    }

    @Test
    void every_operation_of_the_document_has_a_row_and_every_row_an_operation() {
        Set<String> operations = new TreeSet<>();
        api.operations().forEach(operation -> operations.add(operation.method() + " " + operation.path()));
        assertThat(new TreeSet<>(code().keySet())).isEqualTo(operations);
    }

    @Test
    void every_command_of_a_line_has_the_row_of_its_request() {
        for (CommandType type : CommandType.values()) {
            assertThat(Access.find(type) == null).as("%s is nobody's", type).isEqualTo(type.internal());
        }
    }

    @Test
    void every_role_and_nobody_at_every_address() throws Exception {
        Map<String, Map<String, String>> table = runbook();
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        try (LockedPresence presence = new LockedPresence(folder, NOW)) {
            Map<String, String> keys = new LinkedHashMap<>();
            keys.put("nobody", null);
            keys.put("ANALYST", presence.key("analyst", null, null, Role.ANALYST));
            keys.put("AGENT anna", presence.key("anna", "anna", null, Role.AGENT));
            keys.put("AGENT ben", presence.key("ben", "ben", null, Role.AGENT));
            keys.put("SUPERVISOR", presence.key("sue", null, null, Role.SUPERVISOR));
            keys.put("ROUTING", presence.key("router", null, null, Role.ROUTING));
            keys.put("ADMIN", presence.admin());
            awaitKnown(presence, keys.get("ROUTING"));
            define(presence);
            for (Map.Entry<String, String> key : keys.entrySet()) {
                for (Operation operation : api.operations()) {
                    String row = operation.method() + " " + operation.path();
                    if (table.get(row).containsValue("open")) {
                        continue; // SessionTest signs in and out
                    }
                    HttpResponse<String> answer =
                            presence.ask(key.getValue(), operation.method(), address(operation), body(operation));
                    int expected = expected(
                            key.getKey(), row, table.get(row).get(key.getKey().split(" ")[0]));
                    boolean right = expected == 0
                            ? answer.statusCode() != 401 && answer.statusCode() != 403
                            : answer.statusCode() == expected;
                    if (!right) {
                        wrong.add(key.getKey() + ": " + row + " → " + answer.statusCode() + " " + answer.body());
                    }
                    asked++;
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(250);
    }

    /** The status; 0 for whatever is not a refusal of the door. */
    private static int expected(String who, String row, String word) {
        if (who.equals("nobody")) {
            return 401;
        }
        // The example of a conversation is Ben's, that of an agent is Anna, that of an offer is nobody's.
        boolean own = row.contains("{conversation}")
                ? who.equals("AGENT ben")
                : !row.contains("{offer}") && who.equals("AGENT anna");
        boolean may = word.equals("yes")
                || word.equals("all")
                || (word.equals("own") && (own || row.equals("POST /v1/commands")));
        return may ? 0 : 403;
    }

    static void awaitKnown(LockedPresence presence, String key) {
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofMinutes(1))
                .until(() -> presence.get(key, "/v1/profiles").statusCode() != 401);
    }

    static void define(LockedPresence presence) {
        assertThat(presence.run(
                        "{'type':'PUT_QUEUE','definition':{'id':'sales','name':'Sales'}}",
                        "{'type':'PUT_AGENT','definition':{'id':'anna','name':'Anna','timeZone':'UTC',"
                                + "'queues':['sales'],'capabilities':['PHONE','CHAT']}}",
                        "{'type':'PUT_AGENT','definition':{'id':'ben','name':'Ben','timeZone':'UTC',"
                                + "'queues':['sales'],'capabilities':['PHONE','CHAT']}}",
                        "{'type':'SIGN_IN','agent':'anna'}",
                        "{'type':'SIGN_IN','agent':'ben'}",
                        "{'type':'START_CONVERSATION','conversation':'call-4711','agent':'ben','channel':'PHONE'}"))
                .doesNotContain("REFUSED")
                .hasLineCount(6);
    }

    private static String address(Operation operation) {
        String address = operation.path();
        for (JsonNode parameter : operation.parameters("path").toList()) {
            address = address.replace(
                    "{" + parameter.path("name").asText() + "}",
                    parameter.path("example").asText());
        }
        // Asked by an agent, the conversations are Anna's too.
        return address.equals("/v1/conversations") ? address + "?agent=anna" : address;
    }

    private static String body(Operation operation) throws Exception {
        JsonNode content = operation.itself().at("/requestBody/content");
        Stream<JsonNode> values = content.findValues("value").stream();
        JsonNode first = values.findFirst().orElse(null);
        return first == null ? "" : first.isTextual() ? first.asText() : new ObjectMapper().writeValueAsString(first);
    }
}
