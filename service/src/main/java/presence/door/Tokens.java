package presence.door;

import static presence.command.ErrorCode.UNAUTHENTICATED;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.api.Ids;

/**
 * Tokens of an OpenID Connect issuer: signed, for this service, of this time. The issuer's public keys are fetched when they
 * are first needed, kept, fetched again when a token names one that is not known, and go on being good for some hours when
 * the issuer does not answer.
 *
 * <p>Any thread. A call may wait for the issuer, for {@value #ISSUER_ANSWERS_MILLIS} ms at most and rarely.
 */
public final class Tokens {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private static final int ISSUER_ANSWERS_MILLIS = 2_000;
    private static final int MOST_KEY_SET_BYTES = 256 << 10;
    private static final long KEYS_KEPT_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final long KEYS_FETCHED_EVERY_MILLIS = Duration.ofSeconds(10).toMillis();
    private static final long KEYS_OUTLIVE_OUTAGE_MILLIS = Duration.ofHours(4).toMillis();

    /** The longest subject, as OpenID Connect has it. */
    private static final int LONGEST_NAME = 255;

    /** For so long a token that was found good is not looked at again, but for its end. */
    private static final Duration FOUND_GOOD = Duration.ofMinutes(1);

    private static final int MOST_FOUND_GOOD = 20_000;

    private final AuthenticationConfiguration settings;
    private final JWKSource<SecurityContext> keys;
    private final String audience;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final Cache<String, Good> good = Caffeine.newBuilder()
            .maximumSize(MOST_FOUND_GOOD)
            .expireAfterWrite(FOUND_GOOD)
            .build();

    private volatile boolean issuerAnswers = true;

    private record Good(Principal principal, long untilMillis) {}

    /** @param settings with issuer, audience and the address of the keys */
    public Tokens(AuthenticationConfiguration settings, Clock clock) {
        this(settings, keysOf(settings), String.valueOf(settings.tokenAudience()), clock);
    }

    private Tokens(
            AuthenticationConfiguration settings, JWKSource<SecurityContext> keys, String audience, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.audience = audience;
        this.clock = clock;
        Set<JWSAlgorithm> algorithms =
                settings.tokenAlgorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        processor.setJWTClaimsSetVerifier(claims());
    }

    private static JWKSource<SecurityContext> keysOf(AuthenticationConfiguration settings) {
        try {
            return JWKSourceBuilder.create(
                            URI.create(String.valueOf(settings.tokenKeysUrl())).toURL(),
                            new DefaultResourceRetriever(
                                    ISSUER_ANSWERS_MILLIS, ISSUER_ANSWERS_MILLIS, MOST_KEY_SET_BYTES))
                    .cache(KEYS_KEPT_MILLIS, ISSUER_ANSWERS_MILLIS)
                    .refreshAheadCache(true)
                    .rateLimited(KEYS_FETCHED_EVERY_MILLIS)
                    .outageTolerant(KEYS_OUTLIVE_OUTAGE_MILLIS)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("authentication.tokenKeysUrl is no address", e);
        }
    }

    private DefaultJWTClaimsVerifier<SecurityContext> claims() {
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(
                        audience,
                        new JWTClaimsSet.Builder()
                                .issuer(settings.tokenIssuer())
                                .build(),
                        Set.of("exp", settings.tokenNameClaim())) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(Math.toIntExact(settings.tokenClockSkew().toSeconds()));
        return claims;
    }

    /**
     * Whose token this is.
     *
     * @throws Forbidden if it is forged, for somebody else, or not of this time
     */
    Principal owner(String token) {
        Good before = good.getIfPresent(token);
        if (before != null && clock.millis() < before.untilMillis) {
            return before.principal;
        }
        try {
            JWTClaimsSet claims = checked(token);
            long until = claims.getExpirationTime().toInstant().toEpochMilli()
                    + settings.tokenClockSkew().toMilliseconds();
            Principal principal = principal(claims, until);
            good.put(token, new Good(principal, until));
            return principal;
        } catch (ParseException e) {
            throw new Forbidden(
                    UNAUTHENTICATED, "The header Authorization has neither a key, pk_…, nor a signed token.");
        }
    }

    /** Tokens of the same issuer for somebody else: its ID tokens for a client. */
    public Tokens of(String clientId) {
        return new Tokens(settings, keys, clientId, clock);
    }

    /**
     * Who signed in, as an ID token says it. It says so for long after the token's own end, which is for its delivery.
     *
     * @param nonce what was asked with
     * @throws Forbidden if it is forged, for somebody else, for another question, or not of this time
     */
    public Principal signedIn(String idToken, String nonce) {
        try {
            JWTClaimsSet claims = checked(idToken);
            if (!(claims.getClaim("nonce") instanceof String said) || !Secrets.same(said, nonce)) {
                throw new Forbidden(
                        UNAUTHENTICATED, "The token answers another question than was asked: its nonce differs.");
            }
            Object party = claims.getClaim("azp");
            if (party == null ? claims.getAudience().size() > 1 : !party.equals(audience)) {
                throw new Forbidden(UNAUTHENTICATED, "The token is for another party as well: its azp differs.");
            }
            Principal principal = principal(claims, null);
            if (principal.name().length() > LONGEST_NAME) {
                throw new Forbidden(
                        UNAUTHENTICATED, "The issuer's name for you has more than " + LONGEST_NAME + " characters.");
            }
            return principal;
        } catch (ParseException e) {
            throw new Forbidden(UNAUTHENTICATED, "The issuer's answer has no signed token.");
        }
    }

    /** What a token claims that is signed, for this audience and of this time. */
    private JWTClaimsSet checked(String token) throws ParseException {
        try {
            JWTClaimsSet claims = processor.process(SignedJWT.parse(token), null);
            issuerAnswers = true;
            return claims;
        } catch (RateLimitReachedException e) {
            throw new Forbidden(
                    UNAUTHENTICATED,
                    "The token is not good: no key of the issuer that it could be signed with is known.");
        } catch (KeySourceException e) {
            if (issuerAnswers) {
                LOG.warn("The issuer's keys cannot be had from {}: {}", settings.tokenKeysUrl(), e.getMessage());
            }
            issuerAnswers = false;
            throw new Forbidden(UNAUTHENTICATED, "The token cannot be checked: the issuer's keys cannot be had now.");
        } catch (BadJOSEException | JOSEException e) {
            // The library's words name claims and algorithms, and no more.
            throw new Forbidden(UNAUTHENTICATED, "The token is not good: " + e.getMessage() + ".");
        }
    }

    private Principal principal(JWTClaimsSet claims, @Nullable Long until) {
        Object name = claim(claims, settings.tokenNameClaim());
        Object agent = claim(claims, settings.tokenAgentClaim());
        if (!(name instanceof String who) || who.isBlank()) {
            throw new Forbidden(
                    UNAUTHENTICATED, "The token's claim '" + settings.tokenNameClaim() + "' does not say who it is.");
        }
        return new Principal(
                "token:" + who,
                who,
                roles(claim(claims, settings.tokenRolesClaim())),
                agent instanceof String id && Ids.isId(id) ? id : null,
                until);
    }

    /** Names that are no roles of this service are somebody else's business. */
    private static Set<Role> roles(@Nullable Object claim) {
        Collection<?> names = claim instanceof Collection<?> list
                ? list
                : claim instanceof String text ? Arrays.asList(text.split(" ")) : List.of();
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Object name : names) {
            for (Role role : Role.values()) {
                if (role.name().equals(String.valueOf(name).toUpperCase(Locale.ROOT))) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }

    /** A claim by its name; dots lead into objects, as in {@code realm_access.roles}. */
    private static @Nullable Object claim(JWTClaimsSet claims, String name) {
        Object whole = claims.getClaim(name);
        if (whole != null) {
            return whole;
        }
        Object found = claims.getClaims();
        for (String part : name.split("\\.")) {
            found = found instanceof Map<?, ?> object ? object.get(part) : null;
        }
        return found;
    }
}
