package presence.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import presence.engine.InvalidRulesException;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.engine.RuleLimits;

/** A folder in which a team keeps its rules. Links in it are never followed when it is written to. */
final class RulesFolder {
    private final Path folder;

    RulesFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * How a set of rules differs from what is in the folder.
     *
     * @param missing the files that are not there
     * @param different the files that are there with another content
     * @param same how many are there as they are
     * @param others the paths of the files of rules and scenarios that are there and not of the set
     */
    record Difference(List<RuleFile> missing, List<RuleFile> different, int same, List<String> others) {}

    /**
     * The rules and scenarios, as {@code check-rules} finds them.
     *
     * @throws InvalidRulesException if the folder or a file in it cannot be read, or it holds no rules
     */
    List<RuleFile> files() {
        return Stream.concat(RuleFiles.in(folder).stream(), RuleFiles.in(folder, RuleFiles.SCENARIOS).stream())
                .toList();
    }

    /** What would have to change for the folder to be this set. */
    Difference difference(List<RuleFile> files) throws CommandFailed {
        List<RuleFile> missing = new ArrayList<>();
        List<RuleFile> different = new ArrayList<>();
        int same = 0;
        for (RuleFile file : files) {
            Path place = inside(file.path());
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                missing.add(file);
            } else if (holds(place, bytes(file))) {
                same++;
            } else {
                different.add(file);
            }
        }
        return new Difference(missing, different, same, others(files));
    }

    private static boolean holds(Path place, byte[] bytes) throws CommandFailed {
        try {
            return Files.size(place) == bytes.length && Arrays.equals(Files.readAllBytes(place), bytes);
        } catch (IOException e) {
            throw failed(place + " cannot be read: " + reason(e) + ".");
        }
    }

    private List<String> others(List<RuleFile> files) throws CommandFailed {
        if (!Files.exists(folder)) {
            return List.of();
        }
        Set<String> known = new HashSet<>(files.stream().map(RuleFile::path).toList());
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(place -> Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS))
                    .map(place -> folder.relativize(place).toString().replace('\\', '/'))
                    .filter(path -> isRules(path) && !known.contains(path))
                    .limit(2L * RuleLimits.FILES)
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw failed(folder + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /** What version control keeps in hidden folders may be called as rules are. */
    private static boolean isRules(String path) {
        return (path.endsWith(RuleFiles.RULES) || path.endsWith(RuleFiles.SCENARIOS))
                && !path.startsWith(".")
                && !path.contains("/.");
    }

    /** Writes a file, whole or not at all. */
    void write(RuleFile file) throws CommandFailed {
        Path place = inside(file.path());
        Path beside = place.resolveSibling("." + place.getFileName() + ".new");
        try {
            Files.createDirectories(place.resolveSibling(""));
            Files.deleteIfExists(beside);
            Files.write(beside, bytes(file), StandardOpenOption.CREATE_NEW);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(place + " cannot be written: " + reason(e) + ".");
        }
    }

    /** Removes a file. */
    void remove(String path) throws CommandFailed {
        Path place = inside(path);
        try {
            Files.deleteIfExists(place);
        } catch (IOException e) {
            throw failed(place + " cannot be removed: " + reason(e) + ".");
        }
    }

    /** Where a path of a good form lies, if nothing on the way leads out of the folder. */
    private Path inside(String path) throws CommandFailed {
        Path place = folder;
        for (String name : path.split("/")) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw failed("The path '" + path + "' leads out of the folder.");
            }
            place = place.resolve(name);
            if (Files.isSymbolicLink(place)) {
                throw failed(place + " is a link, and may lead out of the folder. Maybe put a file or folder there.");
            }
        }
        if (Files.isDirectory(place)) {
            throw failed(place + " is a folder; expected a file, or nothing.");
        }
        return place;
    }

    private static byte[] bytes(RuleFile file) {
        return file.text().getBytes(StandardCharsets.UTF_8);
    }

    /** Why a file cannot be reached, in words. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        } else if (e instanceof AccessDeniedException) {
            return "it is not permitted";
        } else if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is no folder";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static CommandFailed failed(String line) {
        return new CommandFailed(CommandFailed.FAULTS, line);
    }
}
