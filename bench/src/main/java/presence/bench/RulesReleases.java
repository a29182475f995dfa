package presence.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** What a new release of the rules costs those who use the service: the preview of it, and the change over. */
final class RulesReleases implements Program {
    private static final int AGENTS = 100_000;
    private static final Fleet FLEET = new Fleet(AGENTS);
    private static final int PER_SECOND = 1_000;
    private static final int CONNECTIONS = 32;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong asked = new AtomicLong();

    @Override
    public void run(boolean quick, Report report) throws Exception {
        int rounds = quick ? 2 : 9;
        try (Scratch scratch = new Scratch();
                ServerProcess server = new ServerProcess(scratch, "jdbc:sqlite:" + scratch.path("presence.db"))) {
            CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.definitions()));
            CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.population()));
            send(server, "PUT", "/v1/rules/draft", draft(server));
            double[] previews = new double[rounds];
            JsonNode preview = JSON.nullNode();
            for (int i = -3; i < rounds; i++) {
                long began = System.nanoTime();
                preview = send(server, "POST", "/v1/rules/draft/preview?limit=100", "");
                if (i >= 0) {
                    previews[i] = (System.nanoTime() - began) / 1e9;
                }
            }
            report.note(String.format(
                    Locale.ROOT,
                    "the draft changes %,d of %,d agents; Not Ready shows as Busy",
                    preview.path("changed").asInt(),
                    preview.path("agents").asInt()));
            Samples samples = new Samples(previews);
            report.row("preview over 100,000 agents", samples, " s");
            report.reach("preview ≤ 1.5 s", samples.median() <= 1.5);
            send(server, "POST", "/v1/rules/releases", "{\"comment\":\"Not Ready shows as Busy\"}");
            activations(server, rounds, report);
        }
    }

    private void activations(ServerProcess server, int rounds, Report report) throws Exception {
        try (LoadClient changes = new LoadClient(
                        server.port(), CONNECTIONS, new Http(unused -> FLEET.readiness(asked.getAndIncrement())));
                LoadClient reads = new LoadClient(
                        server.port(), 4, Http.get("/v1/queues/" + Fleet.EVERYBODY + "/eligible?channel=PHONE"))) {
            changes.paced(PER_SECOND, 10);
            reads.paced(PER_SECOND, 5);
            double[] took = new double[rounds];
            double[] slowestChange = new double[rounds];
            double[] slowestRead = new double[rounds];
            Histogram changed = new Histogram(3);
            Histogram read = new Histogram(3);
            for (int i = -2; i < rounds; i++) {
                CompletableFuture<Histogram> changing = beside(changes);
                CompletableFuture<Histogram> reading = beside(reads);
                long began = System.nanoTime();
                send(server, "POST", "/v1/rules/releases/" + Math.floorMod(i, 2) + "/activate", "");
                double seconds = (System.nanoTime() - began) / 1e9;
                Histogram ofChanges = changing.join();
                Histogram ofReads = reading.join();
                if (i >= 0) {
                    took[i] = seconds;
                    slowestChange[i] = ofChanges.getMaxValue() / 1e6;
                    slowestRead[i] = ofReads.getMaxValue() / 1e6;
                    changed.add(ofChanges);
                    read.add(ofReads);
                }
            }
            report.row("an activation, until every agent is decided by it", new Samples(took), " s");
            report.row("… the slowest of 1,000 changes a second meanwhile", new Samples(slowestChange), " ms");
            report.row("… the slowest of 1,000 reads a second meanwhile", new Samples(slowestRead), " ms");
            report.latencies("… the changes", changed);
            report.latencies("… the reads", read);
            report.latencies(
                    "changes when nothing is activated", beside(changes).join());
            report.reach(
                    "longest pause ≤ 50 ms",
                    Math.max(new Samples(slowestChange).median(), new Samples(slowestRead).median()) <= 50);
        }
    }

    private static CompletableFuture<Histogram> beside(LoadClient client) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return client.paced(PER_SECOND, 6).latencies();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The rules as they are, but Not Ready shows as Busy; with the examples that go with it. */
    private static String draft(ServerProcess server) throws Exception {
        ArrayNode files = (ArrayNode) JSON.readTree(server.body("/v1/rules")).path("files");
        for (JsonNode file : files) {
            String text = file.path("text").asText();
            if (file.path("path").asText().equals("status/status.drl")) {
                ((ObjectNode) file)
                        .put("text", text.replace("Status.AWAY, Reason.NOT_READY", "Status.BUSY, Reason.NOT_READY"));
            } else if (file.path("path").asText().equals("status/status.scenarios.yml")) {
                int from = text.indexOf("An agent who is not ready and has nothing to do is away");
                ((ObjectNode) file)
                        .put(
                                "text",
                                text.substring(0, from) + text.substring(from).replace("status: AWAY", "status: BUSY"));
            }
        }
        return JSON.createObjectNode().set("files", files).toString();
    }

    private JsonNode send(ServerProcess server, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(path + " is answered by " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
