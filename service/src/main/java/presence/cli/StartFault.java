package presence.cli;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationParsingException;
import io.dropwizard.configuration.UndefinedEnvironmentVariableException;
import java.io.FileNotFoundException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import presence.PresenceConfiguration;
import presence.door.OpenDoorException;
import presence.engine.InvalidRulesException;
import presence.engine.RuleFault;
import presence.journal.JournalException;
import presence.loop.UnreadableEntry;
import presence.records.RecordsException;

/**
 * Says in lines why a command could not be run or the service could not start, when the reason is one that an operator can
 * remove: a line for each fault, naming the file or setting. Anything else is a fault of the program and keeps its stack
 * trace.
 */
public final class StartFault {
    private static final Pattern ADDRESS = Pattern.compile("Failed to bind to (?:\\S*/)?(\\S+:\\d+)");

    /** Of what the YAML reader says over many lines, those that say what is wrong. */
    private static final Pattern SAID_BY_YAML =
            Pattern.compile("^(expected|found|could not|did not|mapping values|cannot)");

    private static final Pattern VARIABLE = Pattern.compile("'([A-Za-z0-9_.]+)'");

    private StartFault() {}

    /** A line for each fault of the rules that these settings name. */
    public static List<String> rules(PresenceConfiguration configuration, InvalidRulesException invalid) {
        String folder = configuration.getRules().folder();
        return invalid.faults().stream()
                .map(fault -> folder == null
                        ? "The program's own rules: " + fault
                        : "rules.folder: " + (fault.file().startsWith(folder) ? "" : folder + "/") + fault)
                .toList();
    }

    /** The lines for this failure; empty if it is a fault of the program. */
    public static Optional<List<String>> lines(Throwable failure) {
        String bindMessage = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommandFailed failed) {
                return Optional.of(failed.lines());
            } else if (cause instanceof ConfigurationException invalid) {
                return Optional.of(configuration(invalid));
            } else if (cause instanceof InvalidRulesException invalid) {
                return Optional.of(
                        invalid.faults().stream().map(RuleFault::toString).toList());
            } else if (cause instanceof UndefinedEnvironmentVariableException undefined) {
                return Optional.of(List.of(noVariable(undefined)));
            } else if (cause instanceof JournalException unusable) {
                return Optional.of(List.of(unusable.getMessage()));
            } else if (cause instanceof RecordsException unusable) {
                return Optional.of(List.of(unusable.getMessage()));
            } else if (cause instanceof UnreadableEntry unreadable) {
                return Optional.of(List.of(String.valueOf(unreadable.getMessage())));
            } else if (cause instanceof RecordsException unusable) {
                return Optional.of(List.of(unusable.getMessage()));
            } else if (cause instanceof OpenDoorException open) {
                return Optional.of(open.faults());
            } else if (cause instanceof BindException) {
                return Optional.of(List.of(portInUse(bindMessage, cause)));
            } else if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
                return Optional.of(List.of(noFile(cause)));
            }
            bindMessage = String.valueOf(cause.getMessage());
        }
        return Optional.empty();
    }

    /** Writes the lines, or the stack trace of what nobody expected. */
    public static void print(Throwable failure, PrintStream errors) {
        lines(failure).ifPresentOrElse(lines -> lines.forEach(errors::println), () -> {
            errors.println("A fault of the program, which should not have happened:");
            failure.printStackTrace(errors);
        });
        errors.flush();
    }

    /** What the process ends with after this failure. */
    public static int exitCode(Throwable failure) {
        if (failure instanceof CommandFailed failed) {
            return failed.exitCode();
        }
        return failure instanceof ArgumentParserException ? CommandFailed.UNUSABLE : CommandFailed.FAULTS;
    }

    private static String noVariable(UndefinedEnvironmentVariableException undefined) {
        Matcher matcher = VARIABLE.matcher(String.valueOf(undefined.getMessage()));
        return matcher.find()
                ? "The settings name the environment variable " + matcher.group(1)
                        + ", which is not set. Maybe set it, or give a default in its place: ${" + matcher.group(1)
                        + ":-…}."
                : String.valueOf(undefined.getMessage());
    }

    private static String noFile(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        String file = message.startsWith("File ") && message.endsWith(" not found")
                ? message.substring("File ".length(), message.length() - " not found".length())
                : message;
        return "There is no file " + file + ", or it cannot be read. Maybe the working directory is another one than"
                + " expected: it is " + System.getProperty("user.dir") + ".";
    }

    private static String portInUse(String message, Throwable cause) {
        Matcher matcher = ADDRESS.matcher(message);
        String address = matcher.find() ? matcher.group(1) : message;
        return "Cannot listen on " + address + ": " + cause.getMessage()
                + ". Maybe another process, such as a presence that is still running, has the port; stop it, or set"
                + " another port in server.applicationConnectors or server.adminConnectors.";
    }

    /** A line for each error; what the library spreads over several lines is put into one. */
    private static List<String> configuration(ConfigurationException invalid) {
        String message = String.valueOf(invalid.getMessage());
        String file = message.lines().findFirst().orElse("").replaceAll(" has (an error|the following errors):$", "");
        return invalid.getErrors().stream()
                .map(error -> file + ": " + oneLine(error, invalid instanceof ConfigurationParsingException))
                .toList();
    }

    private static String oneLine(String error, boolean parsing) {
        List<String> lines =
                error.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (!parsing || lines.isEmpty()) {
            return String.join(" ", lines) + ".";
        }
        StringBuilder text = new StringBuilder(lines.get(0));
        int meant = lines.indexOf("Did you mean?:");
        if (meant > 0 && meant + 1 < lines.size()) {
            // The nearest comes first; the others are rarely near.
            text.append(". Maybe ").append(lines.get(meant + 1).replaceFirst("^- ", ""));
        } else {
            lines.subList(1, lines.size()).stream()
                    .filter(line -> SAID_BY_YAML.matcher(line).find())
                    .forEach(line -> text.append("; ").append(line));
        }
        return text.append('.').toString();
    }
}
