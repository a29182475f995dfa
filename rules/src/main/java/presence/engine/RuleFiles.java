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
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the files of a set of rules. */
public final class RuleFiles {
    /** The ending of a file of rules. */
    public static final String RULES = ".drl";

    /** The ending of a file of scenarios. */
    public static final String SCENARIOS = ".scenarios.yml";

    /** The form of a file's path below the rules folder, without its ending; none leads out of the folder. */
    public static final String PATH = "(?:[a-z][a-z0-9_]{0,59}/){0,5}[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

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
                    FaultKind.FILE,
                    folder.toString(),
                    0,
                    "There is no file of rules (*" + RULES + ") in this folder or below it.")));
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
            throw new InvalidRulesException(List.of(
                    new RuleFault(FaultKind.FILE, folder.toString(), 0, "This is no folder, or it cannot be read.")));
        }
        try {
            return read(folder, ending);
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidRulesException(List.of(
                    new RuleFault(FaultKind.FILE, folder.toString(), 0, "The folder cannot be read: " + reason(e))));
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
                    .limit(RuleLimits.FILES + 1)
                    .sorted()
                    .toList();
        }
        List<RuleFile> files = new ArrayList<>(found.size());
        List<RuleFault> faults = new ArrayList<>();
        long bytes = 0;
        for (Path path : found) {
            String relative = root.relativize(path).toString().replace('\\', '/');
            try {
                if (!Files.isRegularFile(path)) {
                    throw new IOException("it is no ordinary file, or a link to nowhere.");
                }
                long size = Files.size(path);
                bytes += size;
                if (size > RuleLimits.FILE_BYTES) {
                    faults.add(new RuleFault(FaultKind.LIMIT, relative, 0, tooLong(size)));
                    continue;
                }
                if (bytes > RuleLimits.ALL_BYTES) {
                    break;
                }
                files.add(new RuleFile(relative, Files.readString(path)));
            } catch (MalformedInputException e) {
                faults.add(
                        new RuleFault(FaultKind.FILE, relative, 0, "The file is not text in UTF-8; save it as UTF-8."));
            } catch (IOException e) {
                faults.add(new RuleFault(FaultKind.FILE, relative, 0, "The file cannot be read: " + reason(e)));
            }
        }
        tooMany(folder.toString(), found.size(), bytes).ifPresent(faults::add);
        if (!faults.isEmpty()) {
            throw new InvalidRulesException(faults);
        }
        return List.copyOf(files);
    }

    static String tooLong(long bytes) {
        return "The file has " + bytes + " bytes; expected " + RuleLimits.FILE_BYTES + " at most.";
    }

    /** More files, or more in them, than a set of rules may have. */
    public static Optional<RuleFault> tooMany(String where, int files, long bytes) {
        if (files > RuleLimits.FILES) {
            return Optional.of(new RuleFault(
                    FaultKind.LIMIT, where, 0, "There are more than " + RuleLimits.FILES + " files of one kind."));
        }
        if (bytes > RuleLimits.ALL_BYTES) {
            return Optional.of(new RuleFault(
                    FaultKind.LIMIT,
                    where,
                    0,
                    "The files have more than " + RuleLimits.ALL_BYTES + " bytes altogether; expected that at most."));
        }
        return Optional.empty();
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
