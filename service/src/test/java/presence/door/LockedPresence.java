package presence.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.util.Duration;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import presence.RunningPresence;
import presence.journal.JournalConfiguration;
import presence.records.AuditRecords.Deed;
import presence.records.KeyRecords;
import presence.records.KeyRecords.StoredKey;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;

/** The service inside this process with locks on its doors, and somebody who makes keys as the command does: from outside. */
public final class LockedPresence implements AutoCloseable {
    private final Instant begin;
    private final RecordsDatabase records;
    private final RunningPresence presence;
    private final String admin;

    /** @param settings more settings, each as {@code name=value} */
    public LockedPresence(Path folder, Instant begin, String... settings) throws RecordsException {
        this.begin = begin;
        records = RecordsDatabase.open(JournalConfiguration.of(
                "jdbc:sqlite:" + folder.resolve("presence.db"), null, null, null, Duration.seconds(10)));
        admin = key("root", null, null, Role.ADMIN);
        List<String> all = new ArrayList<>(List.of(settings));
        // Given twice it would outlive the service.
        if (all.stream().noneMatch(setting -> setting.startsWith("authentication.mode="))) {
            all.add("authentication.mode=KEYS");
        }
        presence = new RunningPresence(folder, begin, all.toArray(String[]::new));
    }

    /** A new key, as its owner has it. */
    public String key(String name, String agent, Instant expires, Role... roles) throws RecordsException {
        Credential credential = Credential.random();
        List<String> names = new ArrayList<>();
        for (Role role : roles) {
            names.add(role.name());
        }
        StoredKey key = new StoredKey(
                credential.id(),
                name,
                String.join(" ", names),
                agent,
                credential.hash(),
                begin.toEpochMilli(),
                expires == null ? null : expires.toEpochMilli(),
                null,
                null);
        new KeyRecords(records)
                .add(key, new Deed(begin.toEpochMilli(), "tester", "", "keys add", key.id(), "APPLIED", "local", 1));
        return credential.shownOnce();
    }

    /** The same, made by the API, which knows it at once. */
    String keyOverHttp(String name, String agent, Role role) {
        ObjectNode wanted =
                new ObjectMapper().createObjectNode().put("name", name).put("role", role.name());
        if (agent != null) {
            wanted.put("agent", agent);
        }
        HttpResponse<String> answer = ask(admin, "POST", "/v1/keys", wanted.toString());
        try {
            return new ObjectMapper().readTree(answer.body()).required("secret").asText();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    void revoke(String key) throws RecordsException {
        String id = key.split("_")[1];
        new KeyRecords(records)
                .revoke(
                        id,
                        begin.toEpochMilli(),
                        new Deed(begin.toEpochMilli(), "tester", "", "keys revoke", id, "APPLIED", "local", 1));
    }

    public RunningPresence running() {
        return presence;
    }

    /** The key of an administrator. */
    public String admin() {
        return admin;
    }

    public HttpResponse<String> ask(String key, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = presence.request(path)
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"')));
        if (!body.isEmpty()) {
            request.setHeader(
                    "Content-Type", path.equals("/v1/commands") ? "application/x-ndjson" : "application/json");
        }
        if (key != null) {
            request.setHeader("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return presence.send(request);
    }

    public HttpResponse<String> get(String key, String path) {
        return ask(key, "GET", path, "");
    }

    /** Lines of an administrator. */
    String run(String... lines) {
        return ask(admin, "POST", "/v1/commands", String.join("\n", lines)).body();
    }

    @Override
    public void close() {
        presence.close();
        records.close();
    }
}
