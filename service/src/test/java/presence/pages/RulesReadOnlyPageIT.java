package presence.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import presence.http.Client;

/** The rules for who may look at them only. */
final class RulesReadOnlyPageIT extends BrowserTest {
    private String key = "";

    @Override
    String[] settings() {
        return new String[] {"authentication: {mode: KEYS}"};
    }

    @Override
    void prepare(Client client) {
        key = administrator()
                .postJson("/v1/keys", "{'name':'sue','role':'SUPERVISOR'}")
                .expect(201)
                .json()
                .path("secret")
                .asText();
    }

    @Test
    void a_supervisor_reads_the_rules_and_their_history_and_changes_nothing() {
        Page page = go(window(new NewContextOptions()), "/rules");
        page.getByLabel("Key of the API").fill(key);
        page.keyboard().press("Enter");

        Locator rules =
                page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Rules: status/status.drl"));
        assertThat(rules).hasAttribute("aria-readonly", "true");
        rules.focus();
        page.keyboard().press("Control+Home");
        page.keyboard().type("not me");
        page.keyboard().press("Control+s");
        assertThat(rules).not().containsText("not me");
        assertThat(page.getByText("You may look at the rules; analysts change them."))
                .isVisible();
        Locator steps =
                page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("From a change to the agents"));
        assertThat(steps.getByRole(AriaRole.BUTTON)).hasCount(2);
        for (String deed : List.of("Save the draft", "Throw the draft away", "Run the examples", "New file …")) {
            assertThat(page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName(deed).setExact(true)))
                    .hasCount(0);
        }
        assertAccessible(page);

        steps.getByText("Releases", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.getByText("Release 0 concludes.")).isVisible();
        page.getByText("Look at release 0").click();
        assertThat(page.getByText("Its files")).isVisible();
        assertThat(page.getByText("Activate release 0")).hasCount(0);
        assertAccessible(page);
    }
}
