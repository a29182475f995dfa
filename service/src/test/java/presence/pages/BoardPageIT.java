package presence.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import presence.http.Client;

/** The board, with a handful of agents whose numbers can be foretold. */
final class BoardPageIT extends BrowserTest {
    /** Notes when the number of a status is another than before. */
    private static final String WATCH = """
            (status) => {
                const tiles = document.querySelector('board-page').shadowRoot.querySelector('status-tiles').shadowRoot;
                const number = tiles.querySelector(`[data-status=${status}] b`);
                new MutationObserver(() => { window.changedAt ??= performance.timeOrigin + performance.now(); })
                    .observe(number, { characterData: true, childList: true, subtree: true });
            }
            """;

    private static final String NOTE_CLICK =
            "addEventListener('click', (event) => { window.clickedAt = performance.timeOrigin + event.timeStamp; }, true)";

    @Override
    void prepare(Client client) {
        client.put("/v1/policy", "{'handlingLimit':{'PHONE':'PT1S'},'connectionGrace':'PT1H'}")
                .expect(200);
        client.put("/v1/profiles/nap", "{'name':'Nap','type':'AWAY','duration':'PT1S','onReturn':'NOT_READY'}")
                .expect(200);
        client.put("/v1/profiles/back-office", "{'name':'Back office','type':'TENTATIVE','icon':'folder'}")
                .expect(200);
        client.put("/v1/queues/sales", "{'name':'Sales'}").expect(200);
        client.put("/v1/queues/support", "{'name':'Support'}").expect(200);
        crowd(client);
        client.put("/v1/queues/vip", "{'name':'Very important','overflowToTentative':true}")
                .expect(200);
        client.agent("gone", "sales");
        client.readyAgent("click", "");
        agentOfChats(client);
        client.readyAgent("reserve", "vip");
        client.profile("reserve", "back-office");
        for (String agent : new String[] {"late", "talker", "cut"}) {
            client.readyAgent(agent, "sales");
        }
        client.ready("late", false);
        client.profile("late", "nap");
        client.conversation("board-call", "talker", "PHONE");
        client.post("/v1/agents/cut/disconnect").expect(200);
    }

    /** Others, so that there is something to look at. */
    private static void crowd(Client client) {
        List<String> lines = new ArrayList<>();
        for (String queue : List.of("Billing", "Deliveries", "Returns", "Web shop")) {
            lines.add(
                    "{'type':'PUT_QUEUE','definition':{'id':'" + queue.substring(0, 3) + "','name':'" + queue + "'}}");
        }
        lines.add("{'type':'PUT_PROFILE','definition':{'id':'lunch','name':'Lunch','type':'AWAY','duration':'PT2H'}}");
        for (int i = 0; i < 60; i++) {
            String agent = "'agent':'crowd-" + i + "'}";
            String first =
                    List.of("Aino", "Ben", "Chiara", "Dmitri", "Elif", "Femi").get(i % 6);
            String last = List.of("Berg", "Costa", "Hansen", "Ivanova", "Okafor", "Virtanen", "Weber")
                    .get(i % 7);
            lines.add("{'type':'PUT_AGENT','definition':{'id':'crowd-" + i + "','name':'" + first + " " + last
                    + "','timeZone':'UTC','queues':['"
                    + List.of("Bil", "Del", "Ret", "Web").get(i % 4)
                    + "'],'capabilities':[" + (i % 4 == 3 ? "'CHAT','ITEMS'" : "'PHONE','CHAT','ITEMS'") + "]}}");
            if (i % 7 > 0) {
                lines.add("{'type':'SIGN_IN'," + agent);
                lines.add("{'type':'" + (i % 11 == 0 ? "NOT_READY" : "READY") + "'," + agent);
            }
            if (i % 9 == 1) {
                lines.add("{'type':'SELECT_PROFILE','profile':'lunch'," + agent);
            }
            if (i % 3 == 1) {
                lines.add("{'type':'START_CONVERSATION','conversation':'crowd-call-" + i
                        + "','channel':'CHAT','direct':false," + agent);
            }
        }
        assertThat(client.commands(lines))
                .noneSatisfy(line -> assertThat(line.path("outcome").asText()).isEqualTo("REFUSED"));
    }

    private static void agentOfChats(Client client) {
        client.put(
                        "/v1/agents/chats",
                        "{'name':'Chats alone','timeZone':'UTC','queues':['support'],'capabilities':['CHAT']}")
                .expect(200);
    }

    @Test
    void a_click_in_another_window_is_counted_at_once() {
        Page board = open("/board");
        String before = tile(board, "AWAY").textContent();
        board.evaluate(WATCH, "AWAY");
        Page other = open("/directory?agent=click");
        other.evaluate(NOTE_CLICK);

        other.getByRole(
                        AriaRole.BUTTON,
                        new GetByRoleOptions().setName("Not ready").setExact(true))
                .click();

        assertThat(tile(board, "AWAY")).hasText(String.valueOf(Integer.parseInt(before) + 1));
        double clicked = ((Number) other.evaluate("window.clickedAt")).doubleValue();
        double shown = ((Number) board.evaluate("window.changedAt")).doubleValue();
        System.out.printf("Board, from a click in another window to the number: %.0f ms%n", shown - clicked);
    }

    @Test
    void what_nobody_can_do_is_quiet_and_what_nobody_can_be_given_is_an_alarm() {
        Page page = open("/board");

        assertThat(cell(page, "support", "PHONE")).hasAttribute("data-state", "silent");
        assertThat(cell(page, "support", "CHAT")).hasAttribute("data-state", "alarm");
        assertThat(cell(page, "support", "CHAT")).containsText("nobody");
        assertThat(cell(page, "vip", "PHONE")).hasAttribute("data-state", "reserve");
        assertThat(cell(page, "vip", "PHONE")).hasText(Pattern.compile("1\\s+in reserve"));
        assertThat(page.locator("queue-staffing [role=status]")).containsText("alarm");

        client().post("/v1/agents/chats/sign-in").expect(200);
        client().ready("chats", true);
        assertThat(cell(page, "support", "CHAT")).hasText("1");
        assertThat(page.locator("queue-staffing [data-queue=support]")).containsText("1 of 1");

        client().ready("chats", false);
        assertThat(cell(page, "support", "CHAT")).hasAttribute("data-state", "alarm");

        client().put("/v1/queues/new", "{'name':'A new one'}").expect(200);
        assertThat(page.locator("queue-staffing [data-queue=new]")).isVisible();
        client().delete("/v1/queues/new");
        assertThat(page.locator("queue-staffing [data-queue=new]")).hasCount(0);
    }

    @Test
    void who_needs_attention_stands_in_the_order_of_urgency_and_can_be_changed() {
        Page page = open("/board");
        Locator needs = page.locator("attention-list");

        assertThat(entry(page, "late")).containsText("back was expected");
        assertThat(entry(page, "talker")).containsText("over its limit: Phone");
        assertThat(entry(page, "cut")).containsText("the connection is lost");
        assertThat(needs.locator("ol.agents > li[data-agent]").first()).hasAttribute("data-agent", "late");
        assertAccessible(page);

        box(page, "talker").check();
        box(page, "cut").check();
        assertThat(needs.getByText("2 selected")).isVisible();
        needs.getByRole(AriaRole.BUTTON, named("Not ready")).click();
        Locator question = page.locator("confirm-question");
        assertThat(question).containsText("talker and cut not ready?");
        assertThat(question).containsText("2 agents: 2 would change, 0 would stay as they are, 0 would be refused.");
        assertAccessible(page);
        question.getByRole(AriaRole.BUTTON, named("Not ready")).click();

        assertThat(page.locator("toast-stack")).containsText("talker and cut: not ready.");
        assertThat(client().get("/v1/agents/talker").json().path("ready").asBoolean())
                .isFalse();
        assertThat(client().get("/v1/agents/cut").json().path("ready").asBoolean())
                .isFalse();

        box(page, "talker").uncheck();
        box(page, "cut").uncheck();
        box(page, "late").check();
        needs.getByRole(AriaRole.COMBOBOX, named("Profile")).selectOption("back-office");
        needs.getByRole(AriaRole.BUTTON, named("Set")).click();
        assertThat(entry(page, "late")).hasCount(0);
        assertThat(needs.getByText("0 selected")).isVisible();
    }

    @Test
    void many_are_changed_after_a_rehearsal_and_refusals_say_why() {
        client().agent("many-1", "");
        client().agent("many-2", "");
        client().agent("many-3", "");
        client().post("/v1/agents/many-1/sign-in").expect(200);
        client().post("/v1/agents/many-2/sign-in").expect(200);
        Page page = open("/board");
        Locator tellWhat = page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Change agents"));
        tellWhat.click();
        Locator dialog = page.locator("change-many");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasAccessibleName("Change agents");
        Locator doIt = dialog.getByRole(AriaRole.BUTTON, named("Do it for 2 agents"));

        dialog.getByRole(AriaRole.SEARCHBOX).fill("many-");
        dialog.getByRole(AriaRole.COMBOBOX, named("What")).selectOption("READY");
        dialog.getByText("See what it would do").click();

        assertThat(dialog.getByText("3 agents: 2 would change, 0 would stay as they are, 1 would be refused."))
                .isVisible();
        assertThat(dialog.locator("tr[data-agent=many-3]")).containsText("would be refused");
        assertThat(dialog.locator("tr[data-agent=many-3]")).containsText("signed out");
        assertThat(dialog.locator("tr[data-agent=many-1]")).containsText("Away → Free");
        assertAccessibleInBothThemes(page);
        assertThat(client().get("/v1/agents/many-1").json().path("ready").asBoolean())
                .isFalse();
        dialog.getByRole(AriaRole.SEARCHBOX).fill("many");
        assertThat(doIt).hasCount(0);

        // What was tried for others than are chosen now is not offered.
        List<Route> held = new ArrayList<>();
        page.route("**/v1/agents/bulk", held::add);
        dialog.getByText("See what it would do").click();
        page.waitForCondition(() -> !held.isEmpty());
        dialog.getByRole(AriaRole.SEARCHBOX).fill("many-");
        page.waitForResponse("**/v1/agents/bulk", () -> held.get(0).resume());
        page.unroute("**/v1/agents/bulk");
        dialog.getByRole(AriaRole.SEARCHBOX).fill("many-1");
        assertThat(dialog.locator(".result")).isEmpty();
        assertThat(doIt).hasCount(0);
        dialog.getByRole(AriaRole.SEARCHBOX).fill("many");

        dialog.getByText("See what it would do").click();
        doIt.click();

        assertThat(dialog.getByText("3 agents: 2 changed, 0 stayed as they were, 1 refused."))
                .isVisible();
        assertThat(doIt).hasCount(0);
        assertThat(client().get("/v1/agents/many-1").json().path("ready").asBoolean())
                .isTrue();
        page.setViewportSize(360, 740);
        assertFits(page);
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(tellWhat).isFocused();
    }

    @Test
    void a_refusal_can_be_read_until_others_are_chosen() {
        client().readyAgent("napping", "");
        client().ready("napping", false);
        client().profile("napping", "nap");
        Page page = open("/board");
        Locator needs = page.locator("attention-list");
        box(page, "napping").check();
        page.route("**/v1/agents/napping/readiness", request -> refuse(request, 409, 0));
        needs.getByRole(AriaRole.BUTTON, named("Ready")).click();
        Locator refusal = needs.getByRole(AriaRole.ALERT);
        assertThat(refusal).containsText("napping " + REFUSED);

        client().profile("napping", "back-office");
        assertThat(entry(page, "napping")).hasCount(0);
        assertThat(needs.getByText("0 selected")).isVisible();
        assertThat(refusal).containsText(REFUSED);

        box(page, "talker").check();
        assertThat(refusal).hasCount(0);
    }

    @Test
    void a_board_asks_again_when_it_may_and_not_at_all_what_it_may_not_know() {
        Page page = window(ofSize(1280, 800));
        List<Long> summaries = new ArrayList<>();
        List<Long> needs = new ArrayList<>();
        page.route("**/v1/summary*", request -> {
            summaries.add(System.nanoTime());
            if (summaries.size() == 1) {
                refuse(request, 429, 3);
            } else {
                request.resume();
            }
        });
        page.route("**/v1/attention*", request -> {
            needs.add(System.nanoTime());
            refuse(request, 403, 0);
        });
        go(page, "/board");
        assertThat(page.locator("problem-note .note")).containsText(REFUSED);

        // Changes are what it asks for again at once otherwise.
        client().agent("asked-again", "");
        client().post("/v1/agents/asked-again/sign-in").expect(200);
        assertThat(cell(page, "sales", "PHONE")).isVisible();
        assertThat(Duration.ofNanos(summaries.get(1) - summaries.get(0))).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        client().ready("asked-again", true);
        page.waitForCondition(() -> summaries.size() >= 3);
        assertThat(needs).hasSize(1);
    }

    @Test
    void who_could_not_be_asked_who_they_are_can_act_once_they_could() {
        Page page = window(ofSize(1280, 800));
        page.route("**/v1/me", request -> refuse(request, 503, 0));
        go(page, "/board");
        Locator again = page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Try again"));
        assertThat(again).isVisible();
        page.unroute("**/v1/me");
        again.click();

        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Change agents")))
                .isVisible();
        assertThat(again).hasCount(0);
    }

    @Test
    void the_day_is_a_stacked_chart_with_a_table_behind() {
        Page page = open("/board");
        Locator chart = page.locator("day-chart");
        Locator drawn = chart.getByRole(
                AriaRole.IMG, new Locator.GetByRoleOptions().setName(Pattern.compile("Agents by status over")));

        assertThat(drawn).isVisible();
        assertThat(drawn.locator("g title").last()).containsText(Pattern.compile("Busy .*\\s+Free .*\\s+Away"));
        chart.getByText("As a table").click();
        assertThat(chart.getByRole(AriaRole.COLUMNHEADER))
                .hasText(new String[] {"From", "Free", "Busy", "Away", "Offline"});
        assertAccessibleInBothThemes(page);
        page.setViewportSize(360, 740);
        assertFits(page);
        assertAccessibleInBothThemes(page);

        chart.getByRole(AriaRole.BUTTON, named("The day before")).click();
        assertThat(chart).containsText("history");
        assertThat(drawn).hasCount(0);
        chart.getByRole(AriaRole.BUTTON, named("The day after")).click();
        assertThat(drawn).isVisible();
    }

    @Test
    void on_a_wall_it_fills_the_screen_without_controls_until_escape() {
        Page page = open("/board?wall", ofSize(1920, 1080));
        Locator bar = page.getByRole(AriaRole.NAVIGATION);

        assertThat(page.locator("wall-clock")).containsText(Pattern.compile("\\d\\d:\\d\\d:\\d\\d"));
        assertThat(cell(page, "sales", "PHONE")).isVisible();
        assertThat(page.locator("queue-staffing .scroll").evaluate("table => table.scrollWidth - table.clientWidth"))
                .as("how much of the queues is cut off")
                .isEqualTo(0);
        assertThat(bar).hasCount(0);
        assertThat(page.getByRole(AriaRole.BUTTON)).hasCount(0);
        assertThat(page.getByRole(AriaRole.CHECKBOX)).hasCount(0);
        assertThat(page.evaluate("document.documentElement.scrollHeight - innerHeight"))
                .as("how much higher than the screen it is")
                .isEqualTo(0);
        assertFits(page);
        assertThat(tile(page, "FREE").evaluate("number => parseFloat(getComputedStyle(number).fontSize) > 40"))
                .as("whether the numbers can be read from afar")
                .isEqualTo(true);
        assertAccessible(page);

        page.keyboard().press("Escape");
        assertThat(bar).isVisible();
        assertThat(page).hasURL(Pattern.compile("/board$"));
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Show on a wall"))
                .click();
        assertThat(page).hasURL(Pattern.compile("/board\\?wall$"));
        assertThat(bar).hasCount(0);
    }

    @Test
    void a_board_that_lost_its_stream_says_so_and_catches_up_by_itself() {
        client().readyAgent("meanwhile", "");
        Page page = open("/board");
        String away = tile(page, "AWAY").textContent();
        assertThat(page.locator("[data-state=live]")).isVisible();

        page.context().setOffline(true);
        assertThat(page.locator("[data-state=lost]")).isVisible();
        client().ready("meanwhile", false);
        assertThat(tile(page, "AWAY")).hasText(away);
        assertThat(page.getByText("Not live since")).isVisible();
        assertAccessible(page);
        page.context().setOffline(false);

        assertThat(page.locator("[data-state=live]")).isVisible();
        assertThat(tile(page, "AWAY")).hasText(String.valueOf(Integer.parseInt(away) + 1));
        assertThat(page.locator("problem-note .note")).hasCount(0);
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator tile(Page page, String status) {
        return page.locator("status-tiles [data-status=" + status + "] b");
    }

    private static Locator cell(Page page, String queue, String channel) {
        return page.locator("queue-staffing [data-queue=" + queue + "] [data-channel=" + channel + "]");
    }

    private static Locator entry(Page page, String agent) {
        return page.locator("attention-list li[data-agent=" + agent + "]");
    }

    private static Locator box(Page page, String agent) {
        return page.getByRole(
                AriaRole.CHECKBOX,
                new GetByRoleOptions().setName("Select " + agent).setExact(true));
    }
}
