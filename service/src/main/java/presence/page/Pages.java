package presence.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages as they were built: one frame of HTML for each, and the scripts and styles that it loads, which are named after
 * their content. The frame has {@code {page}} for the page's name, and names what it loads by its source,
 * {@code {{agent/page.js}}}. Any thread.
 */
final class Pages {
    /** Their addresses, without the slash. */
    static final List<String> NAMES = List.of("agent", "directory", "board", "rules", "admin", "sign-in");

    private static final String BUILT = "/presence/pages/";
    private static final Pattern SOURCE = Pattern.compile("\\{\\{([a-z/.-]+)}}");

    private final Map<String, Asset> pages = new HashMap<>();
    private final Map<String, Asset> assets = new HashMap<>();

    Pages() {
        Map<String, String> addressBySource = new HashMap<>();
        bundles().fields().forEachRemaining(output -> {
            String name = output.getKey().substring(output.getKey().lastIndexOf('/') + 1);
            assets.put(
                    name,
                    Asset.of(
                            BUILT + "assets/" + name,
                            name.endsWith(".css") ? PageResource.STYLE : PageResource.SCRIPT));
            addressBySource.put(output.getValue().path("entryPoint").asText(name), "/assets/" + name);
        });
        String frame = new String(Asset.read(BUILT + "shell/page.html"), StandardCharsets.UTF_8);
        for (String page : NAMES) {
            byte[] filled = SOURCE.matcher(frame.replace("{page}", page))
                    .replaceAll(source -> Matcher.quoteReplacement(address(addressBySource, page, source.group(1))))
                    .getBytes(StandardCharsets.UTF_8);
            pages.put(page, new Asset(filled, PageResource.HTML));
        }
    }

    /** What the bundler wrote about its outputs. */
    private static JsonNode bundles() {
        try {
            return new ObjectMapper()
                    .readTree(Asset.read(BUILT + "bundles.json"))
                    .path("outputs");
        } catch (IOException e) {
            throw new UncheckedIOException("What the bundler wrote is no JSON", e);
        }
    }

    private static String address(Map<String, String> addressBySource, String page, String source) {
        String address = addressBySource.get(source);
        if (address == null) {
            throw new IllegalStateException("The page " + page + " loads " + source + ", of which there is no bundle.");
        }
        return address;
    }

    /** A page by its name; null if there is none. */
    @Nullable Asset page(String name) {
        return pages.get(name);
    }

    /** What pages load, by its name; null if there is none. */
    @Nullable Asset asset(String name) {
        return assets.get(name);
    }
}
