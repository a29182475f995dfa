package presence.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.ShippedJar;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;

/** The doors of the jar as it is shipped: the command that makes keys, TLS, and what is left after a kill. */
final class DoorsIT {
    private static final Pattern KEY = Pattern.compile("pk_[0-9a-f]{12}_[0-9a-f]{64}");
    private static final String LOCKED = "authentication: {mode: KEYS}";

    @TempDir
    private Path folder;

    /** What a command of the jar writes to standard output. */
    private String jar(String... arguments) throws Exception {
        Process process = new ProcessBuilder(ShippedJar.command(List.of(arguments)))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    private String key(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("keys", "add"));
        all.addAll(List.of(arguments));
        all.add(folder.resolve("config.yml").toString());
        String out = jar(all.toArray(String[]::new)).strip();
        assertThat(out).matches(KEY);
        return out;
    }

    private static String[] with(String key) {
        return new String[] {"Authorization", "Bearer " + key};
    }

    @Test
    void keys_are_made_while_the_service_runs_and_what_was_answered_outlives_a_kill() throws Exception {
        for (TestDatabases kind : TestDatabases.values()) {
            Path own = Files.createDirectory(folder.resolve(kind.name()));
            TestDatabase database = kind.fresh(own);
            try (ServerProcess server = ServerProcess.start(own, database, LOCKED)) {
                Files.copy(
                        own.resolve("config.yml"),
                        folder.resolve("config.yml"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                String admin = key("root", "--role", "admin");
                String analyst = key("ann", "--role", "ANALYST", "--expires", "P1D");
                Client client = server.client();
                client.get("/v1/agents").expectProblem(401, "UNAUTHENTICATED");
                await().atMost(ServerProcess.PATIENCE)
                        .until(() -> client.get("/v1/agents", with(analyst)).status() == 200);
                client.put("/v1/queues/sales", "{'name':'Sales'}", with(analyst))
                        .expectProblem(403, "FORBIDDEN");
                for (int i = 0; i < 5; i++) {
                    client.put("/v1/queues/q" + i, "{'name':'Q'}", with(admin)).expect(200);
                }

                server.kill();
                server.startAgain();

                assertThat(client.get("/v1/audit?by=root", with(admin)).each("deeds", "action"))
                        .containsExactly(
                                "PUT /v1/queues/q4",
                                "PUT /v1/queues/q3",
                                "PUT /v1/queues/q2",
                                "PUT /v1/queues/q1",
                                "PUT /v1/queues/q0");
                String list = jar("keys", "list", folder.resolve("config.yml").toString());
                assertThat(list).contains("root", "ADMIN", "ann", "ANALYST").doesNotContain("pk_");
                jar(
                        "keys",
                        "revoke",
                        analyst.split("_")[1],
                        folder.resolve("config.yml").toString());
                await().atMost(ServerProcess.PATIENCE)
                        .until(() -> client.get("/v1/agents", with(analyst)).status() == 401);
                assertThat(server.log()).doesNotContain(admin.split("_")[2]).doesNotContain(analyst.split("_")[2]);
            }
        }
    }

    @Test
    void without_locks_it_does_not_start_where_others_come_in() {
        try (ServerProcess server = ServerProcess.launch(
                folder,
                TestDatabases.SQLITE.fresh(folder),
                "server: {applicationConnectors: [{type: http, bindHost: 0.0.0.0, port: 0}],"
                        + " adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]}")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.log().lines().filter(line -> !line.startsWith("INFO")))
                    .singleElement()
                    .asString()
                    .startsWith("server.applicationConnectors[0].bindHost: 0.0.0.0 can be reached from other machines")
                    .contains("authentication.mode");
        }
    }

    @Test
    void callers_come_in_by_tls() throws Exception {
        Path store = folder.resolve("presence.p12");
        Process made = new ProcessBuilder(
                        ShippedJar.program("keytool"),
                        "-genkeypair",
                        "-alias",
                        "presence",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "cool moon 7",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1")
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor()).isZero();
        try (ServerProcess server = ServerProcess.launch(
                folder,
                TestDatabases.SQLITE.fresh(folder),
                LOCKED,
                "server: {applicationConnectors: [{type: https, bindHost: 127.0.0.1, port: 0, keyStorePath: '" + store
                        + "', keyStoreType: PKCS12, keyStorePassword: 'cool moon 7',"
                        + " supportedProtocols: [TLSv1.2, TLSv1.3]}],"
                        + " adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]}")) {
            server.awaitHealthy();
            URI address = URI.create("https://127.0.0.1:" + server.address().getPort() + "/v1/agents");
            String key = key("ann", "--role", "ANALYST");
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(trusting(store))
                    .build();

            await().atMost(ServerProcess.PATIENCE)
                    .until(() -> ask(client, address, key).statusCode() == 200);
            HttpResponse<String> answer = ask(client, address, key);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(answer.headers().firstValue("Strict-Transport-Security").orElse(""))
                    .startsWith("max-age=");
            assertThat(server.log()).doesNotContain("cool moon 7");
        }
    }

    private static HttpResponse<String> ask(HttpClient client, URI address, String key)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address)
                        .timeout(Duration.ofMinutes(1))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                BodyHandlers.ofString());
    }

    private static SSLContext trusting(Path store) throws Exception {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            certificates.load(in, "cool moon 7".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("presence", certificates.getCertificate("presence"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void connections_beyond_the_limit_wait_until_one_is_closed() throws Exception {
        try (ServerProcess server =
                ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder), "limits: {connections: 10}")) {
            List<java.net.Socket> open = new ArrayList<>();
            try {
                for (int i = 0; i < 12; i++) {
                    open.add(new java.net.Socket("127.0.0.1", server.address().getPort()));
                }
                int answered = 0;
                for (java.net.Socket socket : open) {
                    socket.setSoTimeout(2_000);
                    answered += answers(socket) ? 1 : 0;
                }
                assertThat(answered).isBetween(9, 11);
                // As many as wait beyond the limit, for whoever has waited longer comes in first.
                for (java.net.Socket socket : open.subList(0, 3)) {
                    socket.close();
                }
                java.net.Socket last = open.get(11);
                last.setSoTimeout(60_000);
                assertThat(last.getInputStream().read()).isPositive();
            } finally {
                for (java.net.Socket socket : open) {
                    socket.close();
                }
            }
        }
    }

    private static boolean answers(java.net.Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /v1/policy HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        try {
            byte[] head = new byte[15];
            int read = socket.getInputStream().readNBytes(head, 0, head.length);
            Matcher status =
                    Pattern.compile("HTTP/1.1 200").matcher(new String(head, 0, read, StandardCharsets.US_ASCII));
            return status.lookingAt();
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }
}
