package presence.door;

import static presence.door.AuthenticationConfiguration.emptyIsUnset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How people sign in with the issuer of tokens, by OpenID Connect's code flow: {@code authentication.signIn} in {@code
 * config.yml}.
 *
 * @param clientId what this service is to the issuer; null if nobody signs in so
 * @param clientSecretFile a file that holds the secret this service has with the issuer; null for none
 * @param authorizationUrl where the issuer asks people who they are
 * @param tokenUrl where the issuer says who it was
 * @param scopes what is asked for, with a blank between the words; openid is among them
 * @param publicUrl where browsers find this service, without a path: people come back to {@code /sign-in/callback} there
 * @param endSessionUrl where people sign out at the issuer; null to let them stay signed in there
 */
public record SignInConfiguration(
        @Nullable String clientId,
        @Nullable String clientSecretFile,

        @Nullable @Pattern(regexp = ADDRESS, message = ADDRESS_EXPECTED) String authorizationUrl,

        @Nullable @Pattern(regexp = ADDRESS, message = ADDRESS_EXPECTED) String tokenUrl,

        @Pattern(
                regexp = "([!#-\\[\\]-~]+ )*openid( [!#-\\[\\]-~]+)*",
                message = "must be words with a blank between them, openid among them")
        String scopes,

        @Nullable @Pattern(
                regexp = "https://[^/?#\\s]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?",
                message = "must be https://HOST, or http://… on this machine, with no path")
        String publicUrl,

        @Nullable @Pattern(regexp = ADDRESS, message = ADDRESS_EXPECTED) String endSessionUrl) {
    private static final String ADDRESS = "https://[^\\s#]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])([:/][^\\s#]*)?";
    private static final String ADDRESS_EXPECTED = "must be https://…, or http://… on this machine";

    /** Every setting has a default. */
    @JsonCreator
    public static SignInConfiguration of(
            @JsonProperty("clientId") @Nullable String clientId,
            @JsonProperty("clientSecretFile") @Nullable String clientSecretFile,
            @JsonProperty("authorizationUrl") @Nullable String authorizationUrl,
            @JsonProperty("tokenUrl") @Nullable String tokenUrl,
            @JsonProperty("scopes") @Nullable String scopes,
            @JsonProperty("publicUrl") @Nullable String publicUrl,
            @JsonProperty("endSessionUrl") @Nullable String endSessionUrl) {
        return new SignInConfiguration(
                emptyIsUnset(clientId),
                emptyIsUnset(clientSecretFile),
                emptyIsUnset(authorizationUrl),
                emptyIsUnset(tokenUrl),
                scopes == null ? "openid" : scopes,
                emptyIsUnset(publicUrl),
                emptyIsUnset(endSessionUrl));
    }

    /** The settings as they are when the file says nothing. */
    public static SignInConfiguration defaults() {
        return of(null, null, null, null, null, null, null);
    }

    /** Whether everything is there that the flow takes. */
    @ValidationMethod(message = "clientId needs authorizationUrl, tokenUrl and publicUrl, or nobody can sign in")
    public boolean isWhole() {
        return clientId == null || (authorizationUrl != null && tokenUrl != null && publicUrl != null);
    }
}
