package presence.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the files of a set of rules. */
public final class RuleFiles {
    /** The ending of a file of rules. */
    public static final String RULES = ".drl";

    /** The ending of a file of scenarios. */
    public static final String SCENARIOS = ".scenarios.yml";

    /** More than any file that people write has. */
    private static final long MOST_BYTES = 1_000_000;

    /** Some editors begin a file with it. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

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
            // Opened by its path: by its address a jar can be open only once in the whole program.
            URI archive =
                    ((JarURLConnection) marker.openConnection()).getJarFileURL().toURI();
            try (FileSystem jar = FileSystems.newFileSystem(Path.of(archive))) {
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
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidRulesException(
                    List.of(new RuleFault(folder.toString(), 0, "The folder cannot be read: " + reason(e))));
        }
    }

    /**
     * @throws InvalidRulesException with every file that cannot be read
     */
    private static List<RuleFile> read(Path folder, String ending) throws IOException {
        Path root = folder.normalize();
        List<Path> found;
        try (Stream<Path> paths = Files.walk(root)) {
            found = paths.filter(path -> path.getFileName() != null
                            && path.getFileName().toString().endsWith(ending)
                            && !Files.isDirectory(path))
                    .sorted()
                    .toList();
        }
        List<RuleFile> files = new ArrayList<>(found.size());
        List<RuleFault> faults = new ArrayList<>();
        for (Path path : found) {
            String relative = root.relativize(path).toString().replace('\\', '/');
            try {
                files.add(new RuleFile(relative, read(path)));
            } catch (MalformedInputException e) {
                faults.add(new RuleFault(relative, 0, "The file is not text in UTF-8; save it as UTF-8."));
            } catch (IOException e) {
                faults.add(new RuleFault(relative, 0, "The file cannot be read: " + reason(e)));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidRulesException(faults);
        }
        return List.copyOf(files);
    }

    private static String read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("it is no ordinary file, or a link to nowhere.");
        }
        long size = Files.size(path);
        if (size > MOST_BYTES) {
            throw new IOException("it has " + size + " bytes; expected " + MOST_BYTES + " at most.");
        }
        String text = Files.readString(path);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
