package presence.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the files of a set of rules. */
public final class RuleFiles {
    /** The ending of a file of rules. */
    public static final String RULES = ".drl";

    /** The ending of a file of scenarios. */
    public static final String SCENARIOS = ".scenarios.yml";

    private RuleFiles() {}

    /** The rules that the program brings with it. */
    public static List<RuleFile> shipped() {
        return shipped(RULES);
    }

    /** The files of the program's own rules folder that end like this, by path. */
    public static List<RuleFile> shipped(String ending) {
        URL marker = Objects.requireNonNull(
                RuleFiles.class.getResource("/presence/status/status.drl"), "the program's own rules are missing");
        try {
            URI uri = marker.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return read(Objects.requireNonNull(Path.of(uri).getParent()).resolveSibling("."), ending);
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath("/presence"), ending);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The program's own rules cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The rules in a folder and the folders below it.
     *
     * @throws InvalidRulesException if the folder or a file in it cannot be read, or holds no rules
     */
    public static List<RuleFile> in(Path folder) {
        List<RuleFile> files = in(folder, RULES);
        if (files.isEmpty()) {
            throw new InvalidRulesException(List.of(new RuleFault(
                    folder.toString(), 0, "There is no file of rules (*" + RULES + ") in this folder or below it.")));
        }
        return files;
    }

    /**
     * The files in a folder and the folders below it that end like this, by path.
     *
     * @throws InvalidRulesException if the folder or a file in it cannot be read
     */
    public static List<RuleFile> in(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidRulesException(
                    List.of(new RuleFault(folder.toString(), 0, "This is no folder, or it cannot be read.")));
        }
        try {
            return read(folder, ending);
        } catch (MalformedInputException e) {
            throw new InvalidRulesException(
                    List.of(new RuleFault(folder.toString(), 0, "A file in this folder is not text in UTF-8.")));
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidRulesException(
                    List.of(new RuleFault(folder.toString(), 0, "Cannot be read: " + e.getMessage())));
        }
    }

    private static List<RuleFile> read(Path folder, String ending) throws IOException {
        Path root = folder.normalize();
        try (Stream<Path> paths = Files.walk(root)) {
            List<Path> found = paths.filter(path -> path.getFileName() != null
                            && path.getFileName().toString().endsWith(ending)
                            && Files.isRegularFile(path))
                    .sorted()
                    .toList();
            List<RuleFile> files = new java.util.ArrayList<>(found.size());
            for (Path path : found) {
                String relative = root.relativize(path).toString().replace('\\', '/');
                files.add(new RuleFile(relative, Files.readString(path)));
            }
            return List.copyOf(files);
        }
    }
}
