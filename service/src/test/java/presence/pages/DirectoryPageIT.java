package presence.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ForcedColors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import presence.http.Client;

/** The directory with as many agents as a large contact centre has. */
final class DirectoryPageIT extends BrowserTest {
    private static final int AGENTS = 10_000;
    private static final List<String> FIRST =
            List.of("Aino", "Ben", "Chiara", "Dmitri", "Élise", "Femi", "Grace", "Hugo", "Inés", "Päivi");
    private static final List<String> LAST =
            List.of("Ångström", "Berg", "Costa", "Díaz", "Eriksen", "Fischer", "García", "Hansen", "Ivanova", "Jansen");
    private static final List<String> QUEUES = List.of("billing", "sales", "support", "returns");

    /** Scrolls by a screen's half in each frame; answers how long the frames took, and in how many a row was missing. */
    private static final String SCROLL = """
            async (scroller) => {
                const frames = [];
                let missing = 0;
                let before = await new Promise(requestAnimationFrame);
                for (let turn = 0; turn < 150; turn++) {
                    scroller.scrollTop += 300;
                    await new Promise(requestAnimationFrame);
                    const now = performance.now();
                    frames.push(now - before);
                    before = now;
                    const { top, bottom } = scroller.getBoundingClientRect();
                    const rows = [...scroller.querySelectorAll('.rows .row')];
                    const covered = rows[0].getBoundingClientRect().top <= top + rows[0].offsetHeight
                            && rows.at(-1).getBoundingClientRect().bottom >= bottom;
                    missing += covered ? 0 : 1;
                }
                frames.sort((one, other) => one - other);
                return { longest: frames.at(-1), median: frames[frames.length / 2], missing, rows: scroller.querySelectorAll('.rows .row').length };
            }
            """;

    /** Notes the time from each key or choice to the end of the frame in which its outcome is drawn. */
    private static final String STOPWATCH = """
            () => {
                window.filterTimes = [];
                const watch = (event) => {
                    const begun = event.timeStamp;
                    requestAnimationFrame(() => {
                        const { port1, port2 } = new MessageChannel();
                        port1.onmessage = () => window.filterTimes.push(performance.now() - begun);
                        port2.postMessage('');
                    });
                };
                addEventListener('keydown', watch, true);
                addEventListener('input', (event) => event.composedPath()[0].matches('select') && watch(event), true);
            }
            """;

    @Override
    void prepare(Client client) {
        client.put(
                "/v1/profiles/lunch",
                "{'name':'Lunch','type':'AWAY','colour':'#c62828','icon':'utensils','order':5,'duration':'PT30M'}");
        for (String queue : QUEUES) {
            client.queue(queue);
        }
        List<String> lines = new ArrayList<>(2 * AGENTS);
        for (int i = 0; i < AGENTS; i++) {
            String capabilities = i % 3 == 0 ? "'PHONE','CHAT'" : i % 3 == 1 ? "'PHONE'" : "'CHAT','ITEMS'";
            lines.add("{'type':'PUT_AGENT','definition':{'id':'" + id(i) + "','name':'" + name(i)
                    + "','timeZone':'Europe/Lisbon','queues':['" + QUEUES.get(i % 4) + "'],'capabilities':["
                    + capabilities + "]}}");
            if (i % 10 == 0) {
                lines.add("{'type':'SIGN_IN','agent':'" + id(i) + "'}");
                lines.add("{'type':'READY','agent':'" + id(i) + "'}");
            }
        }
        assertThat(client.commands(lines))
                .allSatisfy(line -> assertThat(line.path("outcome").asText())
                        .as(line.toString())
                        .isEqualTo("APPLIED"));
    }

    private static String id(int i) {
        return "a%05d".formatted(i);
    }

    private static String name(int i) {
        return FIRST.get(i % 10) + " " + LAST.get(i / 10 % 10);
    }

    @Test
    void all_ten_thousand_are_there_and_scroll_without_a_gap() {
        Page page = open("/directory");
        assertThat(count(page)).hasText("10,000 agents");
        Locator grid = grid(page);
        assertThat(grid).hasAttribute("aria-rowcount", "10001");
        assertThat(rows(page).first()).containsText("Aino Ångström");

        Map<?, ?> measured = (Map<?, ?>) grid.evaluate(SCROLL);
        System.out.printf(
                "Directory, scrolling 10,000 agents: longest frame %.1f ms, median %.1f ms%n",
                number(measured, "longest"), number(measured, "median"));
        assertThat(measured.get("missing")).as("frames with a row missing").isEqualTo(0);
        assertThat(number(measured, "rows"))
                .as("rows that are drawn, of 10,000")
                .isLessThan(60);

        grid.evaluate("scroller => { scroller.scrollTop = scroller.scrollHeight; }");
        assertThat(page.locator("[aria-rowindex='10001']")).isVisible();
        assertThat(page.locator("[aria-rowindex='10001']")).containsText("Päivi Jansen");
        assertAccessible(page);
    }

    @Test
    void typing_and_choosing_filter_all_of_them_in_a_frame_or_few() {
        Page page = open("/directory");
        assertThat(count(page)).hasText("10,000 agents");
        page.evaluate(STOPWATCH);
        Locator search = page.getByRole(AriaRole.SEARCHBOX);
        search.focus();

        type(page, "p", "a", "i", "v", "i");
        assertThat(count(page)).hasText("1,000 of 10,000 agents");
        assertThat(rows(page).first()).containsText("Päivi Ångström");
        assertThat(page.locator("directory-page [role=status]")).hasText("1,000 of 10,000 agents");
        type(page, " ", "g", "a", "r");
        assertThat(count(page)).hasText("100 of 10,000 agents");
        type(page, Collections.nCopies(9, "Backspace").toArray(String[]::new));
        assertThat(count(page)).hasText("10,000 agents");
        type(page, "a", "i", "n", "o");
        choose(page, "Status", "FREE");
        assertThat(count(page)).hasText("1,000 of 10,000 agents");
        choose(page, "Capability", "CHAT");
        assertThat(count(page)).hasText("667 of 10,000 agents");
        choose(page, "Queue", "returns");
        assertThat(count(page)).hasText("0 of 10,000 agents");
        assertThat(page.getByText("Nobody is like that.")).isVisible();
        choose(page, "Queue", "support");
        assertThat(count(page)).hasText("333 of 10,000 agents");
        choose(page, "Profile", "lunch");
        assertThat(count(page)).hasText("0 of 10,000 agents");

        List<?> times = (List<?>) page.evaluate("window.filterTimes");
        System.out.println("Directory, from key to frame, filtering 10,000 agents, ms: "
                + times.stream()
                        .map(time -> "%.0f".formatted(((Number) time).doubleValue()))
                        .toList());
        assertThat(times).hasSize(27);
    }

    @Test
    void what_is_filtered_stands_in_the_address_and_comes_back_from_it() {
        Page page = open("/directory?q=elise+costa&status=OFFLINE&queue=billing");
        assertThat(count(page)).hasText("100 of 10,000 agents");
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).hasValue("elise costa");
        assertThat(select(page, "Queue")).hasValue("billing");

        choose(page, "Queue", "");
        choose(page, "Capability", "PHONE");
        page.waitForURL(Pattern.compile("\\?q=elise\\+costa&status=OFFLINE&capability=PHONE$"));
        page.reload();
        assertThat(select(page, "Capability")).hasValue("PHONE");
        assertThat(count(page)).containsText("of 10,000 agents");

        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Clear")).click();
        page.waitForURL(Pattern.compile("/directory$"));
        assertThat(count(page)).hasText("10,000 agents");
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
    }

    @Test
    void keys_alone_lead_through_the_list_to_a_card_and_back() {
        Page page = open("/directory?q=hugo+berg");
        assertThat(count(page)).hasText("100 of 10,000 agents");
        page.getByRole(AriaRole.SEARCHBOX).focus();
        for (int i = 0; i < 6; i++) {
            page.keyboard().press("Tab");
        }
        assertThat(grid(page)).isFocused();

        press(page, "End");
        assertThat(active(page)).hasAttribute("aria-rowindex", "101");
        press(page, "Home", "PageDown");
        assertThat(active(page)).isVisible();
        press(page, "Home", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown", "ArrowDown");
        assertThat(active(page)).hasAttribute("aria-rowindex", "5");
        press(page, "PageDown", "PageUp", "Enter");

        Locator card = card(page, "Hugo Berg");
        assertThat(card.getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(2)))
                .isFocused();
        assertThat(card).containsText(id(317));
        Locator selected = page.locator("[aria-selected=true]");
        assertThat(selected).hasAttribute("aria-rowindex", "5");
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        assertThat(selected).hasCSS("outline-style", "dashed");
        page.keyboard().press("Escape");
        assertThat(card).hasCount(0);
        assertThat(grid(page)).isFocused();
    }

    @Test
    void the_row_that_the_keys_chose_stays_with_whom_it_was_put_on() {
        for (int i = 61; i <= 63; i++) {
            client().post("/v1/agents/" + id(i) + "/sign-in").expect(200);
        }
        Page page = open("/directory?status=AWAY&q=a0006");
        assertThat(rows(page)).hasCount(3);
        grid(page).focus();
        press(page, "ArrowDown");
        String first = rows(page).first().getAttribute("data-agent");
        String chosen = active(page).getAttribute("data-agent");
        assertThat(chosen).isNotEqualTo(first);

        client().post("/v1/agents/" + first + "/sign-out").expect(200);

        assertThat(rows(page)).hasCount(2);
        assertThat(active(page)).hasAttribute("data-agent", chosen);
        press(page, "Enter");
        assertThat(page.locator("[aria-selected=true]")).hasAttribute("data-agent", chosen);
    }

    @Test
    void times_go_by_the_services_clock_whatever_the_viewers_says() {
        client().post("/v1/agents/" + id(71) + "/sign-in").expect(200);
        for (String ahead : List.of("180_000", "-180_000")) {
            Page page = window(ofSize(1280, 800));
            page.addInitScript("const here = Date.now.bind(Date); Date.now = () => here() + " + ahead + ";");
            go(page, "/directory?q=" + id(71));

            assertThat(rows(page).locator(".since")).hasText(Pattern.compile("0:[0-5]\\d"));
            // Somebody puts the clock right.
            page.evaluate("() => { const here = Date.now.bind(Date); Date.now = () => here() - " + ahead + "; }");
            String before = rows(page).locator(".since").textContent();
            assertThat(rows(page).locator(".since")).not().hasText(before);
            assertThat(rows(page).locator(".since")).hasText(Pattern.compile("[01]:[0-5]\\d"));
        }
    }

    @Test
    void a_change_is_in_the_list_and_in_the_card_as_it_happens() {
        String agent = id(41);
        client().post("/v1/agents/" + agent + "/sign-in").expect(200);
        client().ready(agent, true);
        Page page = open("/directory?status=FREE&agent=" + agent);
        assertThat(count(page)).containsText("of 10,000 agents");
        Locator card = card(page, name(41));
        assertThat(card.locator(".now")).containsText("Free");
        page.getByRole(AriaRole.SEARCHBOX).fill(agent);
        assertThat(rows(page)).hasCount(1);

        client().ready(agent, false);

        assertThat(rows(page)).hasCount(0);
        assertThat(card.locator(".now")).containsText("Away");
        choose(page, "Status", "AWAY");
        assertThat(rows(page)).hasCount(1);
        assertThat(rows(page).locator("[data-status=AWAY]")).isVisible();

        client().profile(agent, "lunch");

        assertThat(rows(page)).containsText("Lunch");
        assertThat(card.locator(".now")).containsText("until");
        assertThat(card.getByText("An agent on an Away profile is away").first())
                .isVisible();
    }

    @Test
    void a_card_tells_why_and_shows_the_day_as_a_picture_with_a_table_behind() {
        String agent = id(21);
        client().post("/v1/agents/" + agent + "/sign-in").expect(200);
        client().ready(agent, true);
        client().conversation("directory-call", agent, "PHONE");
        client().postJson("/v1/conversations/directory-call/handled", "{}");
        client().conversation("directory-chat", agent, "CHAT");
        Page page = open("/directory?q=" + agent + "&agent=" + agent);
        Locator card = card(page, name(21));

        assertThat(card.locator(".now")).containsText("Busy");
        assertThat(card.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("Chat, active")))
                .isVisible();
        assertThat(card.locator("capability-icons [data-capability=PHONE][data-state=shut]"))
                .containsText("chatting, so no calls");
        assertThat(card.locator("explanation-view")).containsText("What would change it");
        Locator day = card.locator("day-strip");
        assertThat(day.getByRole(AriaRole.IMG)).hasAttribute("aria-label", Pattern.compile(name(21) + " on .*Busy"));
        assertThat(day.locator("rect.BUSY")).not().hasCount(0);
        day.getByText("As a table").click();
        assertThat(day.getByRole(AriaRole.ROW)
                        .filter(new Locator.FilterOptions().setHasText("handling a conversation"))
                        .first())
                .isVisible();
        assertAccessibleInBothThemes(page);

        Locator after = day.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("The day after"));
        assertThat(after).isDisabled();
        day.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("The day before"))
                .click();
        assertThat(day.getByRole(AriaRole.IMG)).hasCount(0);
        after.click();
        assertThat(day.getByRole(AriaRole.IMG)).isVisible();
        Locator date = day.locator("day-picker input");
        String today = date.inputValue();
        date.fill("2999-12-31");
        assertThat(day.getByRole(AriaRole.IMG)).isVisible();
        date.blur();
        assertThat(date).hasValue(today);

        page.setViewportSize(360, 740);
        assertThat(card).isVisible();
        assertThat(grid(page)).isHidden();
        assertFits(page);
        assertAccessible(page);
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                .click();
        assertThat(rows(page)).hasCount(1);
        assertFits(page);
        assertAccessible(page);
    }

    @Test
    void a_supervisor_changes_an_agent_from_its_card_and_a_refusal_says_why() {
        String agent = id(1);
        Page page = open("/directory?agent=" + agent);
        Locator card = card(page, name(1));

        card.getByRole(AriaRole.BUTTON, named("Ready")).click();
        assertThat(card.getByRole(AriaRole.ALERT)).containsText("signed out");
        assertAccessible(page);

        client().post("/v1/agents/" + agent + "/sign-in").expect(200);
        card.getByRole(AriaRole.BUTTON, named("Ready")).click();
        assertThat(card.locator(".now")).containsText("Free");
        assertThat(card.getByRole(AriaRole.ALERT)).hasCount(0);
        card.getByRole(AriaRole.BUTTON, named("Sign out")).click();
        Locator question = page.locator("confirm-question");
        assertThat(question).containsText("Sign out " + name(1) + "?");
        question.getByRole(AriaRole.BUTTON, named("Cancel")).click();
        assertThat(card.locator(".now")).containsText("Free");
        card.getByRole(AriaRole.BUTTON, named("Sign out")).click();
        question.getByRole(AriaRole.BUTTON, named("Sign out")).click();
        assertThat(card.locator(".now")).containsText("Offline");
    }

    private static double number(Map<?, ?> measured, String name) {
        return measured.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator count(Page page) {
        return page.locator("directory-page .title .number");
    }

    private static Locator grid(Page page) {
        return page.getByRole(AriaRole.GRID, new GetByRoleOptions().setName("Agents"));
    }

    private static Locator rows(Page page) {
        return page.locator("agent-grid .rows .row");
    }

    private static Locator active(Page page) {
        return page.locator("agent-grid .row.active");
    }

    private static Locator card(Page page, String name) {
        return page.getByRole(AriaRole.REGION, new GetByRoleOptions().setName("About " + name));
    }

    private static Locator select(Page page, String label) {
        return page.getByRole(AriaRole.SEARCH).getByRole(AriaRole.COMBOBOX, named(label));
    }

    private static void choose(Page page, String label, String value) {
        select(page, label).selectOption(value);
    }

    /** Presses keys, once the page is done with what the test has asked it before, which is nothing that people ask. */
    private static void type(Page page, String... keys) {
        page.evaluate("() => new Promise(done => requestIdleCallback(done))");
        press(page, keys);
    }

    private static void press(Page page, String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }
}
