package presence.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;

/** Browsers' sessions with the jar as it is shipped, over a kill, on both databases. */
final class SessionIT {
    private static final Pattern KEY = Pattern.compile("pk_[0-9a-f]{12}_[0-9a-f]{64}");

    @TempDir
    private Path folder;

    private static Reply signIn(Client client, String key) {
        return client.postJson("/v1/session", "{'key':'" + key + "'}", "Sec-Fetch-Site", "same-origin");
    }

    @ParameterizedTest
    @EnumSource
    void a_kill_signs_nobody_out_and_a_revoked_key_does(TestDatabases kind) throws Exception {
        TestDatabase database = kind.fresh(folder);
        try (ServerProcess server = ServerProcess.start(folder, database, "authentication: {mode: KEYS}")) {
            Client client = server.client();
            String key = server.keys("add", "sue", "--role", "SUPERVISOR");
            assertThat(key).matches(KEY);
            await().atMost(ServerProcess.PATIENCE)
                    .until(() -> signIn(client, key).status() == 201);
            String staying = signIn(client, key).header("Set-Cookie").replaceFirst(";.*", "");
            String leaving = signIn(client, key).header("Set-Cookie").replaceFirst(";.*", "");
            client.delete("/v1/session", "Cookie", leaving, "Sec-Fetch-Site", "same-origin")
                    .expect(200);

            server.kill();
            server.startAgain();

            assertThat(client.get("/v1/me", "Cookie", staying)
                            .expect(200)
                            .json()
                            .path("name")
                            .asText())
                    .isEqualTo("sue");
            client.get("/v1/me", "Cookie", leaving).expectProblem(401, "UNAUTHENTICATED");
            client.post("/v1/agents/anna/sign-in", "Cookie", staying, "Origin", "https://evil.example")
                    .expectProblem(403, "NOT_SAME_ORIGIN");
            client.post("/v1/agents/anna/sign-in", "Cookie", staying, "Sec-Fetch-Site", "same-origin")
                    .expectProblem(404, "UNKNOWN_AGENT");

            server.keys("revoke", key.split("_")[1]);
            await().atMost(ServerProcess.PATIENCE)
                    .until(() -> client.get("/v1/me", "Cookie", staying).status() == 401);
            assertThat(server.log()).doesNotContain(staying.split("=")[1]).doesNotContain(key.split("_")[2]);
            if (kind == TestDatabases.SQLITE) {
                Path records =
                        Path.of(database.url().replaceFirst("^jdbc:sqlite:", "").replaceFirst("\\.db$", ".records.db"));
                assertThat(Files.readString(records, StandardCharsets.ISO_8859_1))
                        .contains("sue")
                        .doesNotContain(staying.split("=")[1]);
            }
        }
    }
}
