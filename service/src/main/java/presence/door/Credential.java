package presence.door;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A key as its owner has it: {@code pk_ID_SECRET}. The id may be logged; the secret, 256 random bits, may not, and is kept by
 * nobody but its owner.
 */
public final class Credential {
    private static final String PREFIX = "pk_";
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final int ID_FROM = PREFIX.length();
    private static final int ID_TO = ID_FROM + 2 * ID_BYTES;
    private static final int LENGTH = ID_TO + 1 + 2 * SECRET_BYTES;

    private final String id;
    private final String secret;

    private Credential(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    /** A new one, which nobody can guess. */
    public static Credential random() {
        SecureRandom random = new SecureRandom();
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        HexFormat hex = HexFormat.of();
        return new Credential(hex.formatHex(id), hex.formatHex(secret));
    }

    /** Whether this is meant to be a key: tokens of other kinds begin otherwise. */
    static boolean isMeant(String text) {
        return text.startsWith(PREFIX);
    }

    /** Reads one; null if it has not the form. */
    static @Nullable Credential read(String text) {
        return text.length() == LENGTH && text.startsWith(PREFIX) && text.charAt(ID_TO) == '_'
                ? new Credential(text.substring(ID_FROM, ID_TO), text.substring(ID_TO + 1))
                : null;
    }

    public String id() {
        return id;
    }

    /** What is kept of the secret. */
    public byte[] hash() {
        return Secrets.sha256(secret);
    }

    /** The whole of it, to be shown to its owner once. */
    public String shownOnce() {
        return PREFIX + id + "_" + secret;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }
}
