/**
 * Signing people in with an OpenID Connect issuer: where a browser is sent, and what is made of it when it comes back. It
 * answers no HTTP; {@code presence.page} does.
 */
@NullMarked
package presence.oidc;

import org.jspecify.annotations.NullMarked;
