package presence.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsInViewportOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import presence.http.Client;
import presence.http.Reply;

/** What stands around every page. */
final class ShellPageIT extends BrowserTest {
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");

    private static final IsInViewportOptions NEARLY_WHOLE = new IsInViewportOptions().setRatio(0.95);

    @Override
    void prepare(Client client) {
        // The service as it is at first.
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "directory", "board", "rules", "admin"})
    void a_page_comes_from_the_jar_alone_and_lets_no_other_script_run(String name) {
        Reply page = client().get("/" + name).expect(200);

        String html = page.text();
        assertThat(html).doesNotContain("{{").doesNotContain("style=").doesNotContainPattern("<script(?![^>]* src=)");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("Cache-Control")).startsWith("no-cache");
        Reply again = client().get("/" + name, "If-None-Match", page.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        List<String> loaded =
                LOADED.matcher(html).results().map(found -> found.group(1)).toList();
        assertThat(loaded).hasSize(3);
        for (String asset : loaded) {
            Reply reply = client().get(asset).expect(200);
            assertThat(reply.header("Cache-Control")).contains("immutable", "max-age=31536000");
            Matcher elsewhere = Pattern.compile("(?:fetch|import)\\(\"https?:").matcher(reply.text());
            assertThat(elsewhere.find()).as(asset + " asks another server").isFalse();
        }
        client().get("/assets/no-such-thing.js").expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "directory", "board", "rules", "admin"})
    void every_page_leads_to_the_others(String name) {
        Page page = open("/" + name);

        Locator bar = page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages"));
        assertThat(bar.getByRole(AriaRole.LINK)).hasCount(5);
        assertThat(bar.locator("[aria-current=page]")).hasAttribute("href", "/" + name);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasCount(1);
        assertAccessibleInBothThemes(page);
        page.setViewportSize(360, 740);
        page.reload();
        assertThat(bar.locator("[aria-current=page]")).isInViewport(NEARLY_WHOLE);
        assertFits(page);
    }

    @Test
    void the_appearance_that_was_chosen_is_kept() {
        Page page = open("/board");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Appearance: As the system"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Appearance: Light"))
                .click();

        go(page, "/agent");

        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Appearance: Dark")))
                .isVisible();
    }

    @Test
    void the_first_tab_leads_past_the_bar() {
        Page page = open("/directory");
        assertThat(page.getByRole(AriaRole.NAVIGATION)).isVisible();

        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        page.keyboard().press("Enter");

        assertThat(page.locator("main")).isFocused();
    }
}
