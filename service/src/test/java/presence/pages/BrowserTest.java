package presence.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import presence.http.Client;
import presence.http.ServerProcess;
import presence.journal.TestDatabases;

/**
 * A page of the jar as it is shipped, in a real Chromium. The tests of a class share one server and one browser; each has
 * windows of its own. A test fails at its end if a script failed in one of them, or if something was kept from loading by
 * the policy of the page.
 */
@Tag("pages")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserTest {
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    private static final double PATIENCE_MILLIS = 15_000;

    /** What has moved by itself since the page was opened: how far, as browsers count it, when, and what. */
    private static final String MOVED = """
            () => new Promise(done => {
                const moved = [];
                new PerformanceObserver(list => list.getEntries().filter(shift => !shift.hadRecentInput).forEach(shift => {
                    const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
                    const what = shift.sources.map(({ previousRect, currentRect }) => place(previousRect) + ' to ' + place(currentRect));
                    moved.push({ far: shift.value, what: Math.round(shift.startTime) + ' ms: ' + what.join(', ') });
                })).observe({ type: 'layout-shift', buffered: true });
                setTimeout(() => done(moved), 100);
            })
            """;

    /** What a page may move as it opens and still be called good: https://web.dev/articles/cls. */
    private static final double MAY_MOVE = 0.1;

    /** What a request that the test refuses is told. */
    static final String REFUSED = "The test has refused this.";

    private final List<String> faults = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    private Chromium chromium;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path folder) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        server = serve(folder);
        prepare(server.client());
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void nothingFailedInThePages() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        List<String> found = List.copyOf(faults);
        faults.clear();
        assertThat(found).as("what failed in the pages").isEmpty();
    }

    /** Starts what the pages are served by. */
    ServerProcess serve(Path folder) {
        return ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder), settings());
    }

    /** Lines of {@code config.yml} that this class needs; none by itself. */
    String[] settings() {
        return new String[0];
    }

    /** What there is before the first test. */
    abstract void prepare(Client client);

    ServerProcess server() {
        return server;
    }

    /** A client of the API. */
    Client client() {
        return server.client();
    }

    /** A client of the API with a key that may do everything, where keys are asked for. */
    Client administrator() {
        Client administrator = client().withKey(server.keys("add", "root", "--role", "ADMIN"));
        // A running service knows of a key within seconds.
        await().until(() -> administrator.get("/v1/me").status() == 200);
        return administrator;
    }

    /** A window of 1280 by 800, light, in Helsinki's time, that motion is reduced in; on this page. */
    Page open(String path) {
        return open(path, new NewContextOptions());
    }

    /** The same with other options. */
    Page open(String path, NewContextOptions options) {
        return go(window(options), path);
    }

    /** A window that shows nothing yet. */
    Page window(NewContextOptions options) {
        NewContextOptions all = options.setLocale("en-GB").setTimezoneId("Europe/Helsinki");
        all.reducedMotion = java.util.Optional.of(ReducedMotion.REDUCE);
        if (all.viewportSize == null) {
            all.setViewportSize(1280, 800);
        }
        if (all.colorScheme == null) {
            all.setColorScheme(ColorScheme.LIGHT);
        }
        BrowserContext context = chromium.browser().newContext(all);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        contexts.add(context);
        Page page = context.newPage();
        page.onPageError(error -> faults.add("A script failed: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && message.text().contains("Content Security Policy")) {
                faults.add(message.text());
            }
        });
        return page;
    }

    /** Shows a page of the service in a window. */
    Page go(Page page, String path) {
        page.navigate(server.address() + path);
        return page;
    }

    /** Answers a request as the service does that cannot now, or will not; it may be asked again in so many seconds. */
    static void refuse(Route request, int status, int retryAfter) {
        request.fulfill(new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/problem+json")
                .setHeaders(Map.of("Retry-After", String.valueOf(retryAfter)))
                .setBody("{\"status\":" + status + ",\"detail\":\"" + REFUSED + "\"}"));
    }

    static NewContextOptions dark() {
        return new NewContextOptions().setColorScheme(ColorScheme.DARK);
    }

    static NewContextOptions ofSize(int width, int height) {
        return new NewContextOptions().setViewportSize(width, height);
    }

    /** Nothing that axe knows keeps anybody from using the page as it stands there. */
    static void assertAccessible(Page page) {
        assertNoViolations(page, new AxeBuilder(page).withTags(RULES));
    }

    /** The same, and in the dark all can be read too: nothing but colours is different there. */
    static void assertAccessibleInBothThemes(Page page) {
        assertAccessible(page);
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertNoViolations(page, new AxeBuilder(page).withRules(List.of("color-contrast", "link-in-text-block")));
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private static void assertNoViolations(Page page, AxeBuilder axe) {
        // A window of its own to put the frames' results together in is not needed: there are no frames.
        var violations = axe.setLegacyMode(true).analyze().getViolations();
        assertThat(violations)
                .as(() -> page.url() + ": "
                        + String.join(
                                "\n",
                                violations.stream()
                                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                                + rule.getNodes().stream()
                                                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                                        .toList())
                                        .toList()))
                .isEmpty();
    }

    /** Nothing has jumped since the page was opened, but for what somebody has pressed. */
    @SuppressWarnings("unchecked")
    static void assertNothingJumped(Page page) {
        List<Map<String, Object>> moved = (List<Map<String, Object>>) page.evaluate(MOVED);
        double far = moved.stream()
                .mapToDouble(shift -> ((Number) shift.get("far")).doubleValue())
                .sum();
        System.out.printf("layout shift on %s: %.3f%n", URI.create(page.url()).getPath(), far);
        assertThat(far).as(() -> page.url() + " moved: " + moved).isLessThan(MAY_MOVE);
    }

    /**
     * Whether the browser would ask somebody who leaves the page now. It is not let ask: a Chromium whose window is closed while
     * it does may crash.
     */
    static boolean isHeldBack(Page page) {
        return (boolean) page.evaluate("() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))");
    }

    /** Nothing stands out to the right of the window. */
    static void assertFits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("how much wider than its window the page is")
                .isEqualTo(0);
    }

    /** Keeps a picture for the documents, in {@code docs/screenshots}, if {@code -Dpresence.screenshots} asks for it. */
    static void picture(Page page, String name) {
        if (System.getProperty("presence.screenshots") != null) {
            page.screenshot(new ScreenshotOptions().setPath(Path.of("..", "docs", "screenshots", name + ".png")));
        }
    }
}
