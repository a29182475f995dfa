package presence.door;

import static presence.command.ErrorCode.RATE_LIMITED;

import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import presence.command.ErrorCode;
import presence.door.Sessions.Begun;
import presence.door.Sessions.Entry;
import presence.records.AuditRecords.Deed;
import presence.records.RecordsException;

/**
 * Lets people in for as long as a session lasts, and out again; who, how and from where stands in the audit log, and so does
 * who was not let in. Any thread. A call waits for the records.
 */
public final class SignIns {
    private static final String SIGN_IN = "sign-in";

    private final KeyRing keys;
    private final Sessions sessions;
    private final Audit audit;
    private final RateLimit tries;
    private final Consumer<ErrorCode> whenRefused;
    private final Clock clock;

    /**
     * @param limits how often one address may try
     * @param whenRefused is told the code of each refusal
     */
    public SignIns(
            KeyRing keys,
            Sessions sessions,
            Audit audit,
            LimitsConfiguration limits,
            Consumer<ErrorCode> whenRefused,
            Clock clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.audit = audit;
        this.tries = new RateLimit(limits.requestsPerSecond(), clock);
        this.whenRefused = whenRefused;
        this.clock = clock;
    }

    /**
     * Lets in whoever has this key.
     *
     * @param key as its owner has it
     * @param address where it came from
     * @throws Forbidden if it is nobody's, or no more good, or this is tried too often
     * @throws RecordsException if the session cannot be kept
     */
    public Begun withKey(String key, String address) throws RecordsException {
        try {
            requirePatience(address);
            Principal owner = keys.owner(key);
            return sessions.begin(owner, new Entry(owner.id(), "key " + owner.id(), address));
        } catch (Forbidden e) {
            refused(e, "", address);
            throw e;
        }
    }

    /**
     * Lets in somebody of whom the issuer of tokens says who it is.
     *
     * @throws Forbidden if no more can be let in
     * @throws RecordsException if the session cannot be kept
     */
    public Begun asTheIssuerSays(Principal principal, String address) throws RecordsException {
        try {
            return sessions.begin(principal, new Entry(null, "issuer", address));
        } catch (Forbidden e) {
            refused(e, principal.name(), address);
            throw e;
        }
    }

    /**
     * Counts a try from this address.
     *
     * @throws Forbidden if there are too many
     */
    public void requirePatience(String address) {
        int seconds = tries.take(address);
        if (seconds > 0) {
            throw new Forbidden(RATE_LIMITED, "Too many sign-ins are tried from one address.", seconds);
        }
    }

    /** Writes down that somebody was not let in. */
    public void refused(Forbidden why, String name, String address) {
        whenRefused.accept(why.code());
        audit.refused(new Deed(
                clock.millis(),
                name,
                "",
                SIGN_IN,
                String.valueOf(why.getMessage()),
                why.code().name(),
                address,
                1));
    }

    /**
     * Ends a session, if the token is somebody's.
     *
     * @param token null for none
     * @return whether the issuer had said who it is, and so may have to be told too
     */
    public boolean signOut(@Nullable String token, String address) {
        Sessions.SignedOut out = token == null ? null : sessions.end(token);
        if (out == null) {
            return false;
        }
        Principal who = out.principal();
        audit.note(new Deed(clock.millis(), who.name(), who.rolesText(), "sign-out", "", "APPLIED", address, 1));
        return out.ofIssuer();
    }
}
