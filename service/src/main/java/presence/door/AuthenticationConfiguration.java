package presence.door;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in: {@code authentication} in {@code config.yml}.
 *
 * @param mode what is asked for
 * @param tokenIssuer who signs tokens, as their claim {@code iss} says it
 * @param tokenAudience what tokens for this service have in their claim {@code aud}
 * @param tokenKeysUrl where the issuer's public keys are: a JSON Web Key Set, over https, or over http on this machine
 * @param tokenAlgorithms the algorithms a token may be signed with
 * @param tokenClockSkew by how much the issuer's clock may differ, 0 s to 5 min
 * @param tokenNameClaim the claim that says who it is
 * @param tokenRolesClaim the claim that has the roles, a list or a text with blanks; dots lead into objects
 * @param tokenAgentClaim the claim that has the agent's id, for the role AGENT
 * @param agentsSeeColleagues whether agents may see what their colleagues are at this moment
 * @param sessionIdle for how long a browser's session may go unused, 1 min to 30 days
 * @param sessionLongest for how long a browser's session lasts, used or not, 5 min to 90 days
 * @param signIn how people sign in with the issuer of tokens
 */
public record AuthenticationConfiguration(
        Mode mode,
        @Nullable String tokenIssuer,
        @Nullable String tokenAudience,

        @Nullable @Pattern(
                regexp = "https://.+|http://(localhost|127\\.0\\.0\\.1|\\[::1])([:/].*)?",
                message = "must be https://…, or http://… on this machine")
        String tokenKeysUrl,

        @NotEmpty @Size(max = 8) List<
                        @Pattern(
                                regexp = "(RS|PS)(256|384|512)|ES(256|384|512)",
                                message =
                                        "must be one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512")
                        String>
                tokenAlgorithms,

        @MinDuration(value = 0, unit = TimeUnit.SECONDS) @MaxDuration(value = 5, unit = TimeUnit.MINUTES)
        Duration tokenClockSkew,

        String tokenNameClaim,
        String tokenRolesClaim,
        String tokenAgentClaim,
        boolean agentsSeeColleagues,

        @MinDuration(value = 1, unit = TimeUnit.MINUTES) @MaxDuration(value = 30, unit = TimeUnit.DAYS)
        Duration sessionIdle,

        @MinDuration(value = 5, unit = TimeUnit.MINUTES) @MaxDuration(value = 90, unit = TimeUnit.DAYS)
        Duration sessionLongest,

        @Valid SignInConfiguration signIn) {

    /** What is asked of a caller. */
    public enum Mode {
        /** Nothing: everybody may do everything. Only where nobody else reaches the service. */
        NONE,
        /** A key of the API. */
        KEYS,
        /** A key of the API, or a token of the issuer. */
        KEYS_AND_TOKENS
    }

    /** Every setting has a default. */
    @JsonCreator
    public static AuthenticationConfiguration of(
            @JsonProperty("mode") @Nullable Mode mode,
            @JsonProperty("tokenIssuer") @Nullable String tokenIssuer,
            @JsonProperty("tokenAudience") @Nullable String tokenAudience,
            @JsonProperty("tokenKeysUrl") @Nullable String tokenKeysUrl,
            @JsonProperty("tokenAlgorithms") @Nullable List<String> tokenAlgorithms,
            @JsonProperty("tokenClockSkew") @Nullable Duration tokenClockSkew,
            @JsonProperty("tokenNameClaim") @Nullable String tokenNameClaim,
            @JsonProperty("tokenRolesClaim") @Nullable String tokenRolesClaim,
            @JsonProperty("tokenAgentClaim") @Nullable String tokenAgentClaim,
            @JsonProperty("agentsSeeColleagues") @Nullable Boolean agentsSeeColleagues,
            @JsonProperty("sessionIdle") @Nullable Duration sessionIdle,
            @JsonProperty("sessionLongest") @Nullable Duration sessionLongest,
            @JsonProperty("signIn") @Nullable SignInConfiguration signIn) {
        return new AuthenticationConfiguration(
                mode == null ? Mode.NONE : mode,
                emptyIsUnset(tokenIssuer),
                emptyIsUnset(tokenAudience),
                emptyIsUnset(tokenKeysUrl),
                tokenAlgorithms == null ? List.of("RS256") : List.copyOf(tokenAlgorithms),
                tokenClockSkew == null ? Duration.seconds(30) : tokenClockSkew,
                tokenNameClaim == null ? "sub" : tokenNameClaim,
                tokenRolesClaim == null ? "roles" : tokenRolesClaim,
                tokenAgentClaim == null ? "agent" : tokenAgentClaim,
                agentsSeeColleagues == null || agentsSeeColleagues,
                sessionIdle == null ? Duration.hours(1) : sessionIdle,
                sessionLongest == null ? Duration.hours(12) : sessionLongest,
                signIn == null ? SignInConfiguration.defaults() : signIn);
    }

    static @Nullable String emptyIsUnset(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** The settings as they are when the file says nothing. */
    public static AuthenticationConfiguration defaults() {
        return of(null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Whether tokens can be told from forged ones. */
    @ValidationMethod(
            message =
                    "mode KEYS_AND_TOKENS needs tokenIssuer, tokenAudience and tokenKeysUrl, or no token can be checked")
    public boolean isTokenCheckable() {
        return mode != Mode.KEYS_AND_TOKENS || (tokenIssuer != null && tokenAudience != null && tokenKeysUrl != null);
    }

    /** Whether an issuer's word is asked for where none counts. */
    @ValidationMethod(
            message = "signIn.clientId is set, but people sign in with the issuer only if mode is KEYS_AND_TOKENS")
    public boolean isSignInOfUse() {
        return mode == Mode.KEYS_AND_TOKENS || signIn.clientId() == null;
    }
}
