package presence.demo;

import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that goes away with the demo. */
final class TemporaryFolder implements Managed {
    private final Path path;

    TemporaryFolder() throws IOException {
        path = Files.createTempDirectory("presence-demo-");
    }

    Path path() {
        return path;
    }

    @Override
    public void stop() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(path)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
