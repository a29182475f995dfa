package presence.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import presence.http.Client;

/** What the directory and the board show to whom, where everybody is asked who they are. */
final class RolesOnPagesIT extends BrowserTest {
    private Client admin;

    @Override
    String[] settings() {
        return new String[] {"authentication: {mode: KEYS}"};
    }

    @Override
    void prepare(Client client) {
        admin = administrator();
        admin.queue("sales");
        admin.readyAgent("anna", "sales");
        admin.readyAgent("ben", "sales");
        admin.post("/v1/agents/ben/disconnect").expect(200);
    }

    @Test
    void a_supervisor_may_act_and_an_analyst_may_look() {
        Page supervisor = openAs("SUPERVISOR", "", "/board");
        assertThat(change(supervisor)).isVisible();
        assertThat(supervisor.getByRole(AriaRole.CHECKBOX, named("Select ben"))).isVisible();
        go(supervisor, "/directory?agent=anna");
        assertThat(supervisor.locator("agent-card agent-actions")).isVisible();
        assertThat(supervisor.locator("agent-card explanation-view")).containsText("What would change it");

        Page analyst = openAs("ANALYST", "", "/board");
        assertThat(analyst.locator("attention-list")).containsText("the connection is lost");
        assertThat(change(analyst)).hasCount(0);
        assertThat(analyst.getByRole(AriaRole.CHECKBOX)).hasCount(0);
        go(analyst, "/directory?agent=anna");
        assertThat(analyst.locator("agent-card explanation-view")).containsText("What would change it");
        assertThat(analyst.locator("agent-actions")).hasCount(0);
    }

    @Test
    void an_agent_sees_who_is_there_and_why_for_itself_alone() {
        Page page = openAs("AGENT", "anna", "/directory?agent=ben");
        Locator card = page.locator("agent-card");
        assertThat(card.locator(".now")).containsText("Free");
        assertThat(page.locator("explanation-view")).hasCount(0);
        assertThat(page.locator("day-strip")).hasCount(0);
        assertThat(page.locator("agent-actions")).hasCount(0);
        assertAccessible(page);

        page.locator("agent-grid [data-agent=anna]").click();
        assertThat(card.locator("explanation-view")).containsText("What would change it");
        assertThat(card.locator("day-strip")).isVisible();
        assertThat(page.locator("problem-note .note")).hasCount(0);

        go(page, "/board");
        assertThat(page.locator("app-shell")).containsText("This page is for");
    }

    @Test
    void an_agent_has_its_own_panel_whosever_is_asked_for_and_everything_on_it() {
        admin.agent("cleo", "sales");
        admin.readyAgent("dora", "sales");
        Page page = openAs("AGENT", "cleo", "/agent?agent=anna");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("cleo");
        assertThat(page.getByRole(AriaRole.LINK, named("Another agent"))).hasCount(0);

        button(page, "Sign in").click();
        button(page, "Ready").click();
        assertThat(page.locator("state-card status-badge")).hasText("Free");
        admin.conversation("cleo-call", "cleo", "PHONE");
        assertThat(page.locator("state-card status-badge")).hasText("Busy");
        button(page, "Why am I Busy?").click();
        assertThat(page.locator("why-dialog explanation-view")).containsText("What would change it");
        page.keyboard().press("Escape");
        button(page, "Transfer cleo-call").click();
        Locator picker = page.locator("target-picker");
        picker.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("dora"))
                .check();
        picker.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Transfer to dora"))
                .click();
        assertThat(page.getByText("cleo-call is with dora now.")).isVisible();
        assertThat(page.locator("state-card status-badge")).hasText("Free");
        assertThat(page.locator("problem-note .note")).hasCount(0);
        assertAccessible(page);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    private Page openAs(String role, String agent, String path) {
        String of = agent.isEmpty() ? "" : ",'agent':'" + agent + "'";
        String key = admin.postJson("/v1/keys", "{'name':'" + role + "','role':'" + role + "'" + of + "}")
                .expect(201)
                .json()
                .path("secret")
                .asText();
        Page page = window(new NewContextOptions());
        var signedIn = page.request()
                .post(
                        server().address() + "/v1/session",
                        RequestOptions.create()
                                .setHeader("Sec-Fetch-Site", "same-origin")
                                .setData(Map.of("key", key)));
        assertThat(signedIn.ok()).as(signedIn.text()).isTrue();
        return go(page, path);
    }

    private static Locator change(Page page) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Change agents")));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
