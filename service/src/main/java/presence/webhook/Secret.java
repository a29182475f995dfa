package presence.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What events to a webhook are signed with: {@code whsec_} and 32 random bytes in Base64, as Standard Webhooks has it. It is
 * shown when it is made, and never again.
 */
final class Secret {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final String text;
    private final SecretKeySpec key;

    private Secret(String text) {
        this.text = text;
        this.key = new SecretKeySpec(Base64.getDecoder().decode(text.substring(PREFIX.length())), ALGORITHM);
    }

    /** A new one, which nobody can guess. */
    static Secret random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** One that was made before. */
    static Secret kept(String text) {
        return new Secret(text);
    }

    /** The whole of it, to be kept, and to be shown to its owner once. */
    String shownOnce() {
        return text;
    }

    /** The signature of a message: {@code v1,} and the HMAC-SHA-256 of id, time and body with dots between them. */
    String signature(String id, long epochSecond, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + epochSecond + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has HMAC-SHA-256.", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
