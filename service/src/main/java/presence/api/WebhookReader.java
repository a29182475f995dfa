package presence.api;

import static presence.command.ErrorCode.INVALID_VALUE;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is said of webhooks. Whatever is not exactly as it should be is refused with its place. Thread-safe. */
public final class WebhookReader {
    /** The longest address of a webhook. */
    public static final int LONGEST_URL = 2_048;

    /** The most agents that a webhook can name. */
    public static final int MOST_AGENTS = 1_000;

    /** The most dead letters that can be named at once. */
    public static final int MOST_EVENTS = 1_000;

    private static final int LONGEST_DESCRIPTION = 256;
    private static final int HIGHEST_PORT = 65_535;
    private static final URI NOWHERE = URI.create("https://nowhere.invalid/");

    private WebhookReader() {}

    /** A webhook as it is wanted. What is left out is as it is for a new one. */
    public static WebhookDefinition definition(JsonNode body) {
        Fields fields = new Fields(body);
        URI url = url(fields);
        Set<EventKind> kinds = fields.optionalSetOf("kinds", EventKind.class);
        if (kinds != null && kinds.isEmpty()) {
            fields.fault("kinds", INVALID_VALUE, "Found []; expected at least one kind, or no field for all of them.");
        }
        List<String> agents = fields.optionalIds("agents", MOST_AGENTS);
        String description = fields.optionalText("description", LONGEST_DESCRIPTION);
        Boolean active = fields.optionalFlag("active");
        fields.check();
        return new WebhookDefinition(
                url,
                kinds == null ? EnumSet.allOf(EventKind.class) : kinds,
                agents == null ? Set.of() : new LinkedHashSet<>(agents),
                description,
                active == null || active);
    }

    /** The dead letters that are named, by the ids of their events; null for all. */
    public static @Nullable List<String> events(@Nullable JsonNode body) {
        if (body == null) {
            return null;
        }
        Fields fields = new Fields(body);
        List<String> events = fields.optionalIds("events", MOST_EVENTS);
        fields.check();
        return events;
    }

    private static URI url(Fields fields) {
        int before = fields.faultCount();
        String text = fields.text("url", LONGEST_URL);
        if (fields.faultCount() > before) {
            return NOWHERE;
        }
        try {
            URI url = new URI(text);
            String fault = fault(url);
            if (fault == null) {
                return URI.create(url.toASCIIString());
            }
            fields.fault("url", INVALID_VALUE, fault);
        } catch (URISyntaxException e) {
            fields.fault(
                    "url", INVALID_VALUE, "This is no address; expected one such as https://crm.example/presence.");
        }
        return NOWHERE;
    }

    /** What is wrong with its form; null if nothing is. It is not quoted: an address may hold a password. */
    private static @Nullable String fault(URI url) {
        if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
            return "The address begins with neither https:// nor http://.";
        } else if (url.getRawUserInfo() != null) {
            return "The address has a user or a password in it; expected none: events are signed with the secret.";
        } else if (url.getHost() == null
                || url.getHost().isEmpty()
                || url.getHost().indexOf('%') >= 0) {
            return "The address has no host that can be read; expected a name, or an IP address in its usual form.";
        } else if (url.getPort() == 0 || url.getPort() > HIGHEST_PORT) {
            return "The address has the port " + url.getPort() + "; expected 1 to " + HIGHEST_PORT + ".";
        }
        return url.getRawFragment() == null
                ? null
                : "The address has a fragment, #…, which is not sent; expected none.";
    }
}
