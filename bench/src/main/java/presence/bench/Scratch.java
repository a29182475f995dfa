package presence.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the files of one program, below {@code bench/target}: on the disk of the project, not in memory. */
final class Scratch implements AutoCloseable {
    private final Path folder;

    Scratch() throws IOException {
        Path parent = Path.of("bench", "target", "scratch");
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent, "run-").toAbsolutePath();
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be cleared", e);
        }
    }
}
