package presence;

import io.dropwizard.core.Configuration;

/** What {@code config.yml} may say. */
public final class PresenceConfiguration extends Configuration {}
