package presence.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;
import org.jspecify.annotations.Nullable;
import presence.PresenceConfiguration;
import presence.api.Ids;
import presence.api.Instants;
import presence.door.Keys;
import presence.door.Role;
import presence.records.KeyRecords;
import presence.records.KeyRecords.StoredKey;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;

/**
 * {@code keys add|list|revoke}: makes, lists and revokes the keys of the API, while the service runs or not. A running
 * service knows within seconds.
 */
final class KeysCommand extends SettingsCommand {
    private static final String DOING = "keys";
    private static final Duration LONGEST = Duration.ofDays(3_660);

    private final Clock clock;

    KeysCommand(Console console, Clock clock) {
        super("keys", "Makes, lists and revokes keys of the API; the service may be running", console);
        this.clock = clock;
    }

    @Override
    public void configure(Subparser parser) {
        Subparsers commands = parser.addSubparsers().dest(DOING).metavar("add|list|revoke");
        Subparser add = commands.addParser("add").help("makes a key and shows it, once");
        add.addArgument("name").metavar("NAME").help("whose key it is; " + Ids.FORM);
        add.addArgument("--role")
                .metavar("ROLE")
                .required(true)
                .action(Arguments.append())
                .help("what it may do, once or more: " + roles());
        add.addArgument("--agent").metavar("ID").help("the agent it is for; with the role AGENT");
        add.addArgument("--expires")
                .metavar("DURATION")
                .help("for how long it is good, such as P90D; by default until revoked");
        super.configure(add);
        super.configure(commands.addParser("list").help("lists the keys, without their secrets"));
        Subparser revoke = commands.addParser("revoke").help("makes a key good for nothing");
        revoke.addArgument("id").metavar("ID").help("the key's id, as the list has it");
        super.configure(revoke);
        parser.epilog("Exit code: 0 when it was done; 1 when not: a line on standard error says why.");
    }

    private static String roles() {
        return Arrays.stream(Role.values()).map(Role::name).collect(Collectors.joining(", "));
    }

    @Override
    void run(String settings, PresenceConfiguration configuration) {
        throw new UnsupportedOperationException("It takes more than settings.");
    }

    @Override
    void run(String settings, PresenceConfiguration configuration, Namespace arguments) throws Exception {
        try (RecordsDatabase database = RecordsDatabase.open(configuration.getDatabase())) {
            Keys keys = new Keys(new KeyRecords(database), () -> {}, clock);
            switch (arguments.getString(DOING)) {
                case "add" -> add(keys, arguments);
                case "revoke" -> revoke(keys, arguments.getString("id"));
                default -> list(keys);
            }
        }
    }

    private void add(Keys keys, Namespace arguments) throws CommandFailed, RecordsException {
        String name = arguments.getString("name");
        List<Role> roles = roles(arguments.getList("role"));
        String agent = arguments.getString("agent");
        if (!Ids.isId(name)) {
            throw failed("The name is '" + name + "'; expected " + Ids.FORM + ".");
        }
        checkAgent(roles, agent);
        Duration goodFor = goodFor(arguments.getString("expires"));
        Keys.Made made = keys.make(new Keys.Wanted(name, roles, agent, goodFor), by());
        if (made == null) {
            throw failed("There are " + KeyRecords.MOST + " keys, the most there can be.");
        }
        console.say(made.credential().shownOnce());
        console.complain("The key " + made.key().id() + " of " + name
                + " stands above. It is not shown again: keep it where" + " passwords are kept.");
    }

    private static List<Role> roles(List<String> names) throws CommandFailed {
        List<Role> roles = new ArrayList<>();
        for (String name : names) {
            Role role = Arrays.stream(Role.values())
                    .filter(candidate -> candidate.name().equals(name.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> failed("There is no role '" + name + "'; expected one of " + roles() + "."));
            if (!roles.contains(role)) {
                roles.add(role);
            }
        }
        return roles;
    }

    private static void checkAgent(List<Role> roles, @Nullable String agent) throws CommandFailed {
        if (roles.contains(Role.AGENT) != (agent != null)) {
            throw failed(
                    agent == null
                            ? "The role AGENT needs an agent. Maybe add --agent ID."
                            : "Only a key with the role AGENT is for an agent. Maybe leave --agent out.");
        }
        if (agent != null && !Ids.isId(agent)) {
            throw failed("The agent is '" + agent + "'; expected " + Ids.FORM + ".");
        }
    }

    private static @Nullable Duration goodFor(@Nullable String duration) throws CommandFailed {
        if (duration == null) {
            return null;
        }
        try {
            Duration wanted = Duration.parse(duration);
            if (!wanted.isNegative() && !wanted.isZero() && wanted.compareTo(LONGEST) <= 0) {
                return wanted;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw failed("The duration is '" + duration + "'; expected one such as P90D or PT12H, " + LONGEST.toDays()
                + " days at most.");
    }

    private void revoke(Keys keys, String id) throws CommandFailed, RecordsException {
        Optional<StoredKey> key = keys.revoke(id, by());
        if (key.isEmpty()) {
            throw failed("There is no key '" + id + "'. Maybe look at the list: keys list.");
        }
        console.say("The key " + id + " of " + key.get().name()
                + (key.get().revokedAtEpochMilli() == null
                        ? " is revoked; a service that runs knows within seconds."
                        : " was revoked already."));
    }

    private void list(Keys keys) throws RecordsException {
        long now = clock.millis();
        console.say(String.format(
                        "%-12s  %-24s  %-20s  %-16s  %-24s  %-24s  %-24s",
                        "ID", "NAME", "ROLES", "AGENT", "MADE", "USED", "STATE")
                .stripTrailing());
        for (StoredKey key : keys.all()) {
            console.say(String.format(
                            "%-12s  %-24s  %-20s  %-16s  %-24s  %-24s  %-24s",
                            key.id(),
                            key.name(),
                            key.roles(),
                            key.agent() == null ? "-" : key.agent(),
                            Instants.text(key.createdAtEpochMilli()),
                            time(key.usedAtEpochMilli(), "never"),
                            state(key, now))
                    .stripTrailing());
        }
    }

    private static String time(@Nullable Long epochMilli, String none) {
        return epochMilli == null ? none : Instants.text(epochMilli);
    }

    private static String state(StoredKey key, long now) {
        return switch (key.state(now)) {
            case REVOKED -> "revoked " + time(key.revokedAtEpochMilli(), "");
            case EXPIRED -> "expired " + time(key.expiresAtEpochMilli(), "");
            case GOOD ->
                key.expiresAtEpochMilli() == null ? "good" : "good until " + time(key.expiresAtEpochMilli(), "");
        };
    }

    private static Keys.By by() {
        return new Keys.By(System.getProperty("user.name") + " (this machine)", "", "local");
    }

    private static CommandFailed failed(String line) {
        return new CommandFailed(CommandFailed.FAULTS, line);
    }
}
