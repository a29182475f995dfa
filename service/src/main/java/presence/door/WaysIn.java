package presence.door;

import presence.door.AuthenticationConfiguration.Mode;

/**
 * How people can sign in to the pages.
 *
 * @param mode what is asked of callers
 * @param key whether a key lets them in
 * @param oidc whether the issuer of tokens does
 */
public record WaysIn(Mode mode, boolean key, boolean oidc) {
    /** The ways that these settings leave. */
    public static WaysIn of(AuthenticationConfiguration settings) {
        return new WaysIn(
                settings.mode(),
                settings.mode() != Mode.NONE,
                settings.mode() == Mode.KEYS_AND_TOKENS && settings.signIn().clientId() != null);
    }
}
