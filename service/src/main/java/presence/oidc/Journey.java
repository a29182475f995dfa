package presence.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import presence.door.Secrets;

/**
 * A browser's way to the issuer and back. What has to be known when it comes back goes along in a cookie of its own, so that
 * nothing has to be kept here for whoever begins and never comes back.
 *
 * @param state comes back from the issuer, and proves that this browser set out
 * @param nonce comes back in the ID token, and proves that this was made for this journey
 * @param verifier proves to the issuer that whoever has the code set out too (PKCE)
 * @param to where the browser wants to be in the end: a path of this service
 */
public record Journey(String state, String nonce, String verifier, String to) {
    /** The longest path. */
    static final int LONGEST_PATH = 512;

    // Nothing that any reader could take for another host: no second slash or backslash at its beginning, none
    // anywhere.
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*");

    private static final Pattern COOKIE =
            Pattern.compile("([\\w-]{43})\\.([\\w-]{43})\\.([\\w-]{43})\\.([\\w-]{1,700})");

    /** Whether this is an address of this service, without a host. */
    public static boolean leadsHere(String path) {
        return path.length() <= LONGEST_PATH && PATH.matcher(path).matches();
    }

    /** A new one. */
    static Journey begin(String to) {
        return new Journey(Secrets.random(), Secrets.random(), Secrets.random(), to);
    }

    /** As the browser's cookie holds it. */
    public String cookie() {
        return state + "." + nonce + "." + verifier + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(to.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads a cookie; null if it is none of ours. */
    static @Nullable Journey read(String cookie) {
        var parts = COOKIE.matcher(cookie);
        if (!parts.matches()) {
            return null;
        }
        try {
            String to = new String(Base64.getUrlDecoder().decode(parts.group(4)), StandardCharsets.US_ASCII);
            return leadsHere(to) ? new Journey(parts.group(1), parts.group(2), parts.group(3), to) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What the issuer is shown of the verifier beforehand: S256. */
    String challenge() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.sha256(verifier));
    }

    /** Without what proves anything. */
    @Override
    public String toString() {
        return "Journey[to " + to + "]";
    }
}
