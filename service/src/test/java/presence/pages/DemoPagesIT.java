package presence.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import presence.http.Client;
import presence.http.ServerProcess;

/** Every page with the demo running: two hundred agents at work, so that something changes all the time. */
final class DemoPagesIT extends BrowserTest {
    private static final long SEED = 11;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    ServerProcess serve(Path folder) {
        return ServerProcess.demo(folder, SEED);
    }

    /** The day has begun already when the demo starts. */
    @Override
    void prepare(Client client) {
        await().atMost(PATIENCE)
                .until(() -> !agents("FREE").isEmpty() && !agents("BUSY").isEmpty());
    }

    /** An agent whom the test has given a call, which nothing but the test ends. */
    private JsonNode talking() {
        JsonNode agent = agents("FREE").get(0);
        String id = agent.path("agent").asText();
        client().conversation("talk-" + id, id, "PHONE");
        return agent;
    }

    private List<JsonNode> agents(String status) {
        JsonNode agents = client().get("/v1/agents?limit=200&status=" + status)
                .expect(200)
                .json()
                .path("agents");
        return StreamSupport.stream(agents.spliterator(), false).toList();
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1));
    }

    @Test
    void the_board_counts_everybody_and_fills_a_wall() {
        Page page = open("/board");
        assertThat(page.locator("day-chart .chart .BUSY")).not().hasCount(0);
        assertThat(page.locator("queue-staffing")).containsText("Premium customers");
        assertAccessibleInBothThemes(page);
        assertNothingJumped(page);
        picture(page, "board");
        page.setViewportSize(360, 740);
        assertFits(page);

        Page wall = open("/board?wall", ofSize(1920, 1080));
        assertThat(wall.locator("queue-staffing tbody tr")).not().hasCount(0);
        assertFits(wall);
        assertAccessible(wall);
        assertNothingJumped(wall);
        picture(wall, "board-wall");
    }

    @Test
    void the_directory_has_two_hundred_agents_and_a_card_of_each() {
        Page page = open("/directory");
        assertThat(page.getByText("200 agents")).isVisible();
        assertAccessibleInBothThemes(page);
        assertNothingJumped(page);
        picture(page, "directory");

        JsonNode talking = talking();
        go(page, "/directory?status=BUSY&agent=" + talking.path("agent").asText());
        Locator card = page.getByRole(
                AriaRole.REGION, named("About " + talking.path("name").asText()));
        assertThat(card).isVisible();
        assertThat(card.locator("day-strip rect").first()).isVisible();
        assertThat(card.locator("explanation-view")).containsText("What would change it");
        assertAccessible(page);
        assertNothingJumped(page);
        picture(page, "directory-card");
    }

    @Test
    void a_panel_shows_what_the_day_brings() {
        JsonNode talking = talking();
        Page page = open("/agent?agent=" + talking.path("agent").asText());
        assertThat(heading(page)).hasText(talking.path("name").asText());
        assertThat(page.getByRole(AriaRole.LIST, named("Conversations")).getByRole(AriaRole.LISTITEM))
                .not()
                .hasCount(0);
        assertAccessibleInBothThemes(page);
        assertNothingJumped(page);
        picture(page, "agent");
        page.setViewportSize(360, 740);
        assertFits(page);
        assertAccessible(page);
        picture(page, "agent-phone");
    }

    @Test
    void who_comes_to_work_is_seen_in_another_window() {
        String agent = agents("OFFLINE").get(0).path("agent").asText();
        Page directory = open("/directory?q=" + agent);
        Locator status = directory.locator("[data-agent=" + agent + "] [data-status]");
        assertThat(status).hasAttribute("data-status", "OFFLINE");

        Page panel = open("/agent?agent=" + agent);
        panel.getByRole(AriaRole.BUTTON, named("Sign in")).click();
        assertThat(status).hasAttribute("data-status", "AWAY");
        panel.getByRole(AriaRole.BUTTON, named("Ready")).click();
        assertThat(status).hasAttribute("data-status", Pattern.compile("FREE|BUSY"));
        panel.getByRole(AriaRole.BUTTON, named("Not ready")).click();
        assertThat(status).hasAttribute("data-status", Pattern.compile("AWAY|BUSY"));
    }

    @Test
    void a_preview_names_who_of_them_would_change() {
        String agent = agents("OFFLINE").get(1).path("agent").asText();
        client().post("/v1/agents/" + agent + "/sign-in").expect(200);
        Page page = open("/rules");
        assertThat(heading(page)).isVisible();
        assertThat(page.locator("code-editor .cm-line")).not().hasCount(0);
        assertNothingJumped(page);
        RulesPageIT.notReadyShowsAsBusy(page);
        RulesPageIT.step(page, "Preview").click();
        page.getByRole(AriaRole.BUTTON, named("Preview")).click();

        assertThat(page.getByText(Pattern.compile("^\\d+ agents? would change, of 200\\.$")))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE.toMillis()));
        assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(agent)))
                .containsText(Pattern.compile("Away[\\s\\S]*Busy[\\s\\S]*STATUS-120"));
        assertAccessibleInBothThemes(page);
        picture(page, "rules-preview");
    }

    @Test
    void the_administration_has_the_profiles_of_the_house() {
        Page page = open("/admin?section=profiles");
        assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Lunch")))
                .isVisible();
        assertNothingJumped(page);
        page.getByRole(AriaRole.BUTTON, named("Edit Lunch")).click();
        assertThat(page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("Lunch");
        assertAccessibleInBothThemes(page);
        picture(page, "admin-profiles");
    }
}
