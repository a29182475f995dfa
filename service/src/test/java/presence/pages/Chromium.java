package presence.pages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, driven by Playwright. Where there is none, tests that need it are skipped and say how to get
 * one. One thread.
 */
final class Chromium implements AutoCloseable {
    private static final String SETTING = "PRESENCE_CHROMIUM";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final String NONE_HERE = "No Chromium was found on the PATH under the names " + NAMES
            + ", and the environment names none as " + SETTING
            + ", so the pages were not tested. To install one: apt-get install -y chromium";

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it; skips the test where there is none. */
    static Chromium start() {
        Path program = program();
        if (program == null) {
            // Reports of skipped tests have it too, but the end of a build shows only how many there were.
            System.out.println(NONE_HERE);
        }
        assumeTrue(program != null, NONE_HERE);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> flags = new ArrayList<>(List.of("--disable-dev-shm-usage"));
        if ("root".equals(System.getProperty("user.name"))) {
            // Its sandbox refuses to be made by root, as builds in containers often are.
            flags.add("--no-sandbox");
        }
        Browser browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(program)
                        .setChromiumSandbox(false)
                        .setArgs(flags));
        return new Chromium(playwright, browser);
    }

    private static Path program() {
        String named = System.getenv(SETTING);
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
