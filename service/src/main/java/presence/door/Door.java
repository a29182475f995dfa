package presence.door;

import static presence.command.ErrorCode.FORBIDDEN;
import static presence.command.ErrorCode.METHOD_NOT_ALLOWED;
import static presence.command.ErrorCode.NOT_FOUND;
import static presence.command.ErrorCode.NOT_SAME_ORIGIN;
import static presence.command.ErrorCode.OVERLOADED;
import static presence.command.ErrorCode.RATE_LIMITED;
import static presence.command.ErrorCode.UNAUTHENTICATED;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.command.Command.AboutAgent;
import presence.command.Command.AboutConversation;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.Outcome;
import presence.door.Access.Own;
import presence.door.Access.Row;
import presence.records.AuditRecords.Deed;

/**
 * Asks who somebody is, and lets through what that role may do. What may not be done is refused before anything else is
 * looked at, in words that are the same whether the thing is there or not.
 *
 * <p>Any thread. Nothing here waits for the records; a token may wait for the issuer's keys.
 */
public final class Door {
    private static final String SCHEME = "bearer ";
    private static final Set<Role> WRITTEN_DOWN = Set.of(Role.SUPERVISOR, Role.ANALYST, Role.ADMIN);

    /** Changes nothing and keeps nothing, and editors ask it with every few letters that somebody types. */
    private static final String ONLY_ASKS = "/v1/rules/check";

    private final KeyRing keys;
    private final Sessions sessions;
    private final @Nullable Tokens tokens;
    private final Audit audit;
    private final RateLimit people;
    private final RateLimit systems;
    private final Ownership ownership;
    private final Consumer<ErrorCode> whenRefused;
    private final boolean agentsSeeColleagues;
    private final Clock clock;

    /**
     * @param settings what agents see
     * @param tokens the issuer's; null if they are not taken
     * @param ownership whose things are now
     * @param whenRefused is told the code of each refusal
     */
    public Door(
            AuthenticationConfiguration settings,
            KeyRing keys,
            Sessions sessions,
            @Nullable Tokens tokens,
            Audit audit,
            LimitsConfiguration limits,
            Ownership ownership,
            Consumer<ErrorCode> whenRefused,
            Clock clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.tokens = tokens;
        this.agentsSeeColleagues = settings.agentsSeeColleagues();
        this.whenRefused = whenRefused;
        this.audit = audit;
        this.people = new RateLimit(limits.requestsPerSecond(), clock);
        this.systems = new RateLimit(limits.routingRequestsPerSecond(), clock);
        this.ownership = ownership;
        this.clock = clock;
    }

    /** What became of somebody at the door. */
    public sealed interface Decision {
        /** @param principal who it is; null where nobody is asked */
        record Admitted(@Nullable Principal principal) implements Decision {}

        /**
         * @param detail what to say about it; it never holds a secret
         * @param retryAfterSeconds when to try again; 0 for never
         * @param methods what the address answers, if only the method was wrong
         * @param hadToken whether it brought something to show who it is
         */
        record Refused(ErrorCode code, String detail, int retryAfterSeconds, Set<String> methods, boolean hadToken)
                implements Decision {}
    }

    /** Lets a request through, or does not. A refusal is written down. */
    public Decision enter(Passage passage) {
        Decision decision = decide(passage);
        if (decision instanceof Decision.Refused refused) {
            whenRefused.accept(refused.code());
        }
        return decision;
    }

    /** Whether who was let in with this would be known still: an answer may go on for hours. */
    public boolean stillKnows(Passage passage) {
        try {
            who(passage);
            return true;
        } catch (Forbidden e) {
            return false;
        }
    }

    private Decision decide(Passage passage) {
        String[] path = parts(passage);
        Row row = path == null ? null : Access.find(passage.method(), path);
        Principal principal;
        try {
            requireOwnPage(passage);
            if (row != null && row.open()) {
                return new Decision.Admitted(null);
            }
            principal = who(passage);
        } catch (Forbidden e) {
            return refused(passage, null, e);
        }
        int seconds = (isSystem(principal) ? systems : people).take(principal.id());
        if (seconds > 0) {
            return new Decision.Refused(
                    RATE_LIMITED, "The key makes more requests than it may.", seconds, Set.of(), true);
        }
        if (path == null || row == null) {
            return nowhere(path);
        }
        try {
            check(principal, row, subject(row, path, passage), passage.past());
        } catch (Forbidden e) {
            return refused(passage, principal, e);
        }
        if (isWrittenDown(principal, passage) && audit.full()) {
            return new Decision.Refused(
                    OVERLOADED, "The audit log cannot be written, and without it this is not done.", 5, Set.of(), true);
        }
        return new Decision.Admitted(principal);
    }

    /**
     * The parts of the address. Null for one that another reader of addresses might take for something else: those of this
     * service never have such.
     */
    private static String @Nullable [] parts(Passage passage) {
        String raw = passage.rawPath();
        if (raw.isEmpty() || raw.charAt(0) != '/' || raw.indexOf(';') >= 0 || raw.contains("//")) {
            return null;
        }
        if (raw.contains("/.") || raw.toLowerCase(Locale.ROOT).contains("/%2e")) {
            return null;
        }
        return passage.path().substring(1).split("/", -1);
    }

    /** A cookie goes along whoever's page asks; so who changes anything by it has to be one of this service's. */
    private static void requireOwnPage(Passage passage) {
        boolean own = switch (passage.site()) {
            case OWN -> true;
            case OTHER -> false;
            case UNSAID -> passage.session() == null;
        };
        if (!own && !passage.onlyReads() && passage.authorization() == null) {
            throw new Forbidden(
                    NOT_SAME_ORIGIN,
                    "A session changes things from this service's own pages only: expected Sec-Fetch-Site: same-origin, or"
                            + " an Origin that is this address. Maybe use a key, in the header Authorization.");
        }
    }

    private Principal who(Passage passage) {
        String authorization = passage.authorization();
        if (authorization == null && passage.session() != null) {
            return sessions.owner(passage.session());
        } else if (authorization == null) {
            throw new Forbidden(
                    UNAUTHENTICATED,
                    "The header Authorization is missing; expected 'Bearer' and a key"
                            + (tokens == null ? "." : " or a token."));
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new Forbidden(
                    UNAUTHENTICATED, "The header Authorization is of another kind; expected 'Bearer' and a key.");
        }
        String shown = authorization.substring(SCHEME.length()).strip();
        if (Credential.isMeant(shown)) {
            return keys.owner(shown);
        } else if (tokens == null) {
            throw new Forbidden(
                    UNAUTHENTICATED,
                    "The header Authorization has no key, which begins with pk_; tokens are not taken here.");
        }
        return tokens.owner(shown);
    }

    private static boolean isSystem(Principal principal) {
        return principal.roles().contains(Role.ROUTING) || principal.roles().contains(Role.ADMIN);
    }

    /** There is no such row: whatever may be behind it, it is nobody's. */
    private static Decision nowhere(String @Nullable [] path) {
        Set<String> methods = path == null ? Set.of() : Access.methods(path);
        if (methods.isEmpty()) {
            return new Decision.Refused(
                    NOT_FOUND, "There is nothing at this address. Maybe look at /openapi.yaml.", 0, Set.of(), true);
        }
        return new Decision.Refused(
                METHOD_NOT_ALLOWED,
                "This address answers " + String.join(", ", methods) + ".",
                0,
                new TreeSet<>(methods),
                true);
    }

    private void check(Principal principal, Row row, @Nullable String subject, boolean past) {
        if (!principal.hasOneOf(row.roles()) && !isOwn(principal, row.own(), subject, past)) {
            throw refusal(principal, row, row.method() + " " + row.path());
        }
    }

    /** What says about whom or what a request is: the first part of the address that is not fixed, or the query. */
    private static @Nullable String subject(Row row, String[] path, Passage passage) {
        if (row.own() == Own.STREAM || row.own() == Own.QUERY) {
            return passage.agents().size() == 1 ? passage.agents().get(0) : null;
        }
        String[] names = row.path().substring(1).split("/", -1);
        for (int i = 0; i < names.length; i++) {
            if (names[i].startsWith("{")) {
                return path[i];
            }
        }
        return null;
    }

    private boolean isOwn(Principal principal, Own own, @Nullable String subject, boolean past) {
        String agent = principal.roles().contains(Role.AGENT) ? principal.agent() : null;
        if (agent == null) {
            return false;
        }
        return switch (own) {
            case NOTHING -> false;
            case ALL, LINES -> true;
            case DIRECTORY -> agentsSeeColleagues;
            case AGENT, QUERY -> agent.equals(subject);
            case PRESENCE -> (agentsSeeColleagues && !past) || agent.equals(subject);
            case STREAM -> agentsSeeColleagues || agent.equals(subject);
            case CONVERSATION -> subject != null && agent.equals(ownership.agentOfConversation(subject));
            case OFFER -> subject != null && agent.equals(ownership.agentOfOffer(subject));
        };
    }

    private Forbidden refusal(Principal principal, @Nullable Row row, String what) {
        String needed = row == null ? "a role that there is not" : String.join(", ", names(row.roles()));
        if (principal.roles().contains(Role.AGENT)
                && row != null
                && row.own() != Own.NOTHING
                && row.own() != Own.DIRECTORY) {
            return new Forbidden(
                    FORBIDDEN,
                    what + " is for " + needed + ", and for an agent's own "
                            + switch (row.own()) {
                                case CONVERSATION -> "conversations";
                                case OFFER -> "offers";
                                case STREAM -> "presence, as agent= in the query";
                                case QUERY -> "conversations, as agent= in the query";
                                case PRESENCE -> agentsSeeColleagues ? "past" : "presence";
                                default -> "presence";
                            }
                            + (principal.agent() == null ? "; this one names no agent." : "; this is not its own."));
        }
        String has = principal.roles().isEmpty() ? "has no role" : "has " + principal.rolesText();
        return new Forbidden(FORBIDDEN, what + " is for " + needed + "; '" + principal.name() + "' " + has + ".");
    }

    private static Set<String> names(Set<Role> roles) {
        Set<String> names = new LinkedHashSet<>();
        for (Role role : Role.values()) {
            if (roles.contains(role)) {
                names.add(role.name());
            }
        }
        return names;
    }

    private Decision refused(Passage passage, @Nullable Principal principal, Forbidden why) {
        audit.refused(new Deed(
                clock.millis(),
                principal == null ? "" : principal.name(),
                principal == null ? "" : principal.rolesText(),
                passage.method() + " " + passage.path(),
                String.valueOf(why.getMessage()),
                why.code().name(),
                passage.address(),
                1));
        return new Decision.Refused(
                why.code(),
                String.valueOf(why.getMessage()),
                why.retryAfterSeconds(),
                Set.of(),
                passage.authorization() != null);
    }

    // --- what was done

    private static boolean isWrittenDown(Principal principal, Passage passage) {
        return principal.hasOneOf(WRITTEN_DOWN)
                && !passage.onlyReads()
                && !passage.path().equals(ONLY_ASKS);
    }

    /** Whether what this principal does with this method is written down before it is answered. */
    public boolean writesDown(@Nullable Principal principal, Passage passage) {
        return principal != null
                && isWrittenDown(principal, passage)
                && !passage.path().equals("/v1/commands");
    }

    /**
     * Writes down what was done.
     *
     * @param outcome the status it was answered with
     * @return done when it is on disk; failed when that takes too long
     */
    public CompletableFuture<Void> done(Principal principal, Passage passage, int outcome) {
        return audit.keep(new Deed(
                clock.millis(),
                principal.name(),
                principal.rolesText(),
                passage.method() + " " + passage.path(),
                "",
                Integer.toString(outcome),
                passage.address(),
                1));
    }

    // --- lines

    /** What stands between the lines of a request and the loop. */
    public Admission admission(Principal principal, String address) {
        boolean writtenDown = principal.hasOneOf(WRITTEN_DOWN);
        return new Admission() {
            @Override
            public Envelope admit(Envelope envelope) {
                try {
                    checkLine(principal, envelope.command());
                } catch (Forbidden e) {
                    audit.refused(deed(
                            principal, address, envelope.command(), e.code().name()));
                    throw e;
                }
                if (writtenDown && audit.full()) {
                    throw new Forbidden(
                            OVERLOADED, "The audit log cannot be written, and without it this is not done.");
                }
                return signed(principal, envelope);
            }

            @Override
            public void done(Envelope envelope, Outcome outcome) {
                if (writtenDown) {
                    ErrorCode code = outcome.code();
                    audit.note(deed(
                            principal,
                            address,
                            envelope.command(),
                            code == null ? outcome.kind().name() : code.name()));
                }
            }
        };
    }

    private Deed deed(Principal principal, String address, Command command, String outcome) {
        return new Deed(
                clock.millis(),
                principal.name(),
                principal.rolesText(),
                command.type().name(),
                subject(command),
                outcome,
                address,
                1);
    }

    /** Whom or what a command is about. */
    private static String subject(Command command) {
        if (command instanceof AboutConversation about) {
            return about.conversation();
        } else if (command instanceof AboutAgent about) {
            return about.agent();
        } else if (command instanceof Command.AboutOffer about) {
            return about.offer();
        } else if (command instanceof Command.MakeOffer make) {
            return make.conversation();
        } else if (command instanceof Command.PutProfile put) {
            return put.definition().id();
        } else if (command instanceof Command.DeleteProfile delete) {
            return delete.profile();
        } else if (command instanceof Command.PutQueue put) {
            return put.definition().id();
        } else if (command instanceof Command.DeleteQueue delete) {
            return delete.queue();
        } else if (command instanceof Command.PutQueueGroup put) {
            return put.definition().id();
        } else if (command instanceof Command.DeleteQueueGroup delete) {
            return delete.queueGroup();
        }
        return "";
    }

    private void checkLine(Principal principal, Command command) {
        Row row = Access.find(command.type());
        if (row == null
                || (!principal.hasOneOf(row.roles()) && !isOwn(principal, row.own(), subject(command), false))) {
            throw refusal(principal, row, command.type().name());
        }
    }

    private static Envelope signed(Principal principal, Envelope envelope) {
        String signature = principal.signature();
        if (signature != null) {
            return new Envelope(envelope.command(), envelope.id(), envelope.expectedVersion(), signature, null);
        }
        String usual = principal.usualSignature();
        return usual == null || envelope.by() != null
                ? envelope
                : new Envelope(envelope.command(), envelope.id(), envelope.expectedVersion(), usual, envelope.cause());
    }
}
