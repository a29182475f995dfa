package presence.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import presence.http.Client;

/** The agent panel. Each test has agents of its own, on one service. */
final class AgentPageIT extends BrowserTest {
    /** A server that is started again has to be where its pages look for it. */
    @Override
    String[] settings() {
        try (ServerSocket free = new ServerSocket(0)) {
            return new String[] {
                "server: {applicationConnectors: [{type: http, bindHost: 127.0.0.1, port: " + free.getLocalPort()
                        + "}], adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}],"
                        + " gzip: {enabled: false}, requestLog: {appenders: []}}"
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void prepare(Client client) {
        for (String queue : new String[] {"Sales", "Quotes", "Support"}) {
            client.put("/v1/queues/" + queue.toLowerCase(java.util.Locale.ROOT), "{'name':'" + queue + "'}")
                    .expect(200);
        }
        client.put("/v1/queue-groups/selling", "{'name':'Selling','queues':['sales','quotes']}")
                .expect(200);
        profile(client, "lunch", "'name':'Lunch','type':'AWAY','duration':'PT30M','colour':'#c62828','icon':'lunch'");
        profile(client, "nap", "'name':'Nap','type':'AWAY','duration':'PT8S','colour':'#6a1b9a','icon':'moon'");
        profile(client, "errand", "'name':'Errand','type':'AWAY','duration':'PT2H','rounding':10,'icon':'walk'");
        profile(client, "selling", "'name':'Selling','type':'AVAILABLE','queueGroup':'selling','icon':'headset'");
        profile(client, "training", "'name':'Training','type':'TENTATIVE','duration':'PT45M','onReturn':'NOT_READY'");
        client.put(
                        "/v1/policy",
                        "{'wrapUp':{'CHAT':'PT1H'},'handlingLimit':{'PHONE':'PT6M','VIDEO':'PT4S'},"
                                + "'missedOffers':{'limit':1},'connectionGrace':'PT10M','heartbeatTimeout':'PT9S'}")
                .expect(200);
    }

    private static void profile(Client client, String id, String fields) {
        int order = id.length();
        client.put("/v1/profiles/" + id, "{" + fields + ",'order':" + order + "}")
                .expect(200);
    }

    /** The panel of a new agent of this id and name, who is signed in and ready for phone and chat. */
    private Page panelOf(String id, String name, String queues) {
        readyAgent(id, name, queues);
        Page page = open("/agent?agent=" + id);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(name);
        return page;
    }

    private void readyAgent(String id, String name, String queues) {
        String list = "'" + queues.replace(",", "','") + "'";
        client().put(
                        "/v1/agents/" + id,
                        "{'name':'" + name + "','timeZone':'Asia/Kathmandu','queues':[" + list
                                + "],'capabilities':['PHONE','CHAT','VIDEO']}")
                .expect(200);
        client().post("/v1/agents/" + id + "/sign-in").expect(200);
        client().ready(id, true);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator dialog(Page page, String name) {
        return page.getByRole(
                AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator list(Page page, String name) {
        return page.getByRole(
                AriaRole.LIST, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void assertStatus(Page page, String status, String because) {
        assertThat(page.locator("state-card status-badge")).hasText(status);
        assertThat(page.locator("state-card")).containsText(because);
    }

    private static Locator timer(Page page, String timer) {
        return page.locator("agent-timers [data-timer=" + timer + "]");
    }

    private static Locator log(Page page) {
        return page.locator("change-log");
    }

    private String ask(String path, String pointer) {
        return client().get(path).expect(200).json().at(pointer).asText();
    }

    @Test
    void who_is_no_agent_chooses_whose_panel_it_is() {
        client().agent("choice-1", "sales");
        Page page = open("/agent");
        Locator search = page.getByLabel("Agent", new Page.GetByLabelOptions().setExact(true));
        assertThat(search).isFocused();

        search.fill("nobody at all");
        assertThat(page.getByText("Nobody is called that.")).isVisible();
        assertAccessibleInBothThemes(page);
        search.fill("OICE-1");
        Locator found = list(page, "Whose panel?").getByRole(AriaRole.LINK);
        assertThat(found).hasCount(1);
        found.click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("choice-1");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Another agent"))
                .click();
        assertThat(search).isVisible();
    }

    @Test
    void an_agent_who_does_not_exist_is_said_to_be_none() {
        Page page = open("/agent?agent=no-such-agent");

        assertThat(page.getByRole(AriaRole.ALERT)).hasText("There is no agent no-such-agent.");
        assertAccessibleInBothThemes(page);
    }

    @Test
    void one_signs_in_is_ready_and_not_and_signs_out() {
        client().agent("toggle", "sales");
        Page page = open("/agent?agent=toggle");
        assertStatus(page, "Offline", "signed out");
        assertThat(button(page, "Ready")).isDisabled();
        assertAccessibleInBothThemes(page);

        button(page, "Sign in").click();
        assertStatus(page, "Away", "not ready");
        assertThat(timer(page, "NOT_READY")).hasText(Pattern.compile("0:\\d\\d"));
        button(page, "Ready").click();
        assertStatus(page, "Free", "nothing is in the way");
        assertThat(button(page, "Ready")).hasAttribute("aria-pressed", "true");
        assertThat(timer(page, "NOT_READY")).hasText("not running");
        assertThat(page.locator("[data-capability=PHONE]")).hasAttribute("data-state", "open");
        assertThat(ask("/v1/agents/toggle", "/ready")).isEqualTo("true");
        button(page, "Not ready").click();
        assertStatus(page, "Away", "not ready");
        assertThat(page.locator("[data-capability=PHONE]")).hasText("Phone: not now, not ready");

        client().conversation("toggle-1", "toggle", "CHAT");
        assertThat(list(page, "Conversations")).containsText("toggle-1");
        button(page, "Sign out").click();
        assertThat(dialog(page, "Sign out with conversations open?")).isVisible();
        Locator question = page.locator("confirm-question");
        assertThat(question).containsText("One conversation is still open.");
        question.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out"))
                .click();
        assertStatus(page, "Offline", "signed out");
        assertThat(log(page)).containsText("Nothing so far.");
    }

    @Test
    void the_last_of_two_wishes_counts() {
        Page page = panelOf("wish-1", "Wilma Wish", "sales");
        List<Route> held = new ArrayList<>();
        page.route("**/v1/agents/wish-1/readiness", held::add);

        button(page, "Not ready").click();
        page.waitForCondition(() -> held.size() == 1);
        button(page, "Ready").click();
        held.get(0).resume();
        page.waitForCondition(() -> held.size() == 2);
        assertStatus(page, "Away", "not ready");
        held.get(1).resume();

        assertStatus(page, "Free", "nothing is in the way");
        page.keyboard().press("r");
        page.waitForCondition(() -> held.size() == 3);
        page.keyboard().press("r");
        held.get(2).resume();
        page.waitForCondition(() -> held.size() == 4);
        held.get(3).resume();
        assertStatus(page, "Free", "nothing is in the way");
        assertThat(ask("/v1/agents/wish-1", "/ready")).isEqualTo("true");
    }

    @Test
    void lunch_is_over_on_the_page_without_loading_it_anew() {
        Page page = panelOf("lunch-1", "Lea Lunch", "sales");
        page.evaluate("window.sameAsBefore = true");

        button(page, "Choose a profile").click();
        page.locator("[data-profile=nap]").click();
        assertStatus(page, "Away", "on an Away profile");
        assertThat(page.locator("profile-menu .now"))
                .containsText(Pattern.compile("Nap\\s+until (\\d+ \\w+, )?\\d\\d:\\d\\d"));
        assertThat(timer(page, "ABSENT")).hasText(Pattern.compile("0:0\\d"));
        assertThat(timer(page, "RETURN")).hasText(Pattern.compile("0:0\\d"));

        assertStatus(page, "Free", "nothing is in the way");
        assertThat(page.locator("profile-menu .now")).containsText("Available");
        assertThat(timer(page, "RETURN")).hasText("not running");
        assertThat(log(page)).containsText("Nap is over; your profile is Available by a timer");
        assertThat(page.evaluate("window.sameAsBefore")).isEqualTo(true);
    }

    @Test
    void a_profile_says_what_it_will_do_and_then_does_that() {
        Page page = panelOf("queues-1", "Quentin Queue", "sales,support");
        Locator queues = page.locator("agent-queues ul");
        assertThat(queues).hasText(Pattern.compile("Sales\\s+Support"));

        button(page, "Choose a profile").click();
        assertThat(dialog(page, "Choose a profile")).isVisible();
        Locator dialog = page.locator("profile-menu");
        assertThat(dialog.locator("[data-profile=lunch]")).containsText("queues stay as they are");
        assertThat(dialog.locator("[data-profile=training]")).containsText("comes back not ready");
        assertThat(dialog.locator("[data-profile=selling]")).containsText("joins Quotes; leaves Support");
        assertAccessibleInBothThemes(page);
        dialog.locator("[data-profile=selling]").click();
        assertThat(queues).hasText(Pattern.compile("Quotes\\s+Sales"));

        // In Nepal the clocks are at quarters of an hour from those of others, so its tens of minutes are not.
        button(page, "Choose a profile").click();
        Locator minutes = dialog.getByLabel("A duration of your own, in minutes");
        minutes.fill("2000");
        assertThat(dialog).containsText("Expected 1 to 1440 minutes.");
        minutes.fill("90");
        assertThat(dialog.locator("[data-profile=available]")).containsText("the default has no end");
        Locator errand = dialog.locator("[data-profile=errand]");
        assertThat(errand).containsText(Pattern.compile("1 h 30 min, back at (\\d+ \\w+, )?\\d\\d:\\d5"));
        String foretold = errand.locator(".when").innerText().replaceFirst(".* at ", "");
        errand.click();
        assertThat(page.locator("profile-menu .now")).containsText("until " + foretold);
    }

    @Test
    void queues_are_joined_and_left_one_by_one() {
        Page page = panelOf("queues-2", "Quirin Queue", "sales");
        Locator join = page.getByLabel("Join a queue");

        join.fill("nothing like it");
        join.press("Enter");
        assertThat(page.getByText("There is no queue “nothing like it”.")).isVisible();
        join.fill("support");
        join.press("Enter");
        assertThat(list(page, "Queues")).hasText(Pattern.compile("Sales\\s+Support"));
        button(page, "Leave Sales").click();
        assertThat(list(page, "Queues")).hasText("Support");
        button(page, "Leave Support").click();
        assertThat(page.getByText("You have joined no queue.")).isVisible();
    }

    @Test
    void an_offer_is_accepted_or_rejected_or_runs_out() {
        Page page = panelOf("offer-1", "Olga Offer", "sales");
        Locator offers = list(page, "Offers");

        offer("offer-a", "offer-1", "PHONE", "PT5M");
        assertThat(offers).containsText(Pattern.compile("Phone from Sales\\s+offer-a\\s+4:5\\d\\s+left to answer"));
        assertThat(page.locator("offer-list [role=alert]"))
                .hasText(Pattern.compile("Offer: Phone from Sales. (5 minutes|4 minutes .*) to answer."));
        assertAccessibleInBothThemes(page);
        page.keyboard().press("a");
        assertThat(page.getByText("No offer.")).isVisible();
        assertThat(list(page, "Conversations")).containsText("offer-a");
        assertStatus(page, "Busy", "handling a conversation");
        client().post("/v1/conversations/offer-a/handled").expect(200);
        assertThat(page.getByText("No conversation.")).isVisible();

        offer("offer-b", "offer-1", "CHAT", "PT5M");
        button(page, "Reject").click();
        assertThat(page.getByText("No offer.")).isVisible();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Offers")))
                .isFocused();
        assertThat(ask("/v1/agents/offer-1", "/conversations/0/conversation")).isEmpty();

        offer("offer-c", "offer-1", "CHAT", "PT2S");
        assertThat(offers).containsText("Chat from Sales");
        assertThat(page.getByText("No offer.")).isVisible();
        assertThat(log(page)).containsText("An offer was not answered in time: Chat from Sales by a timer");
        assertThat(log(page)).containsText("You are not ready by a rule");
        assertThat(page.locator("state-card")).containsText("Reason given: missed offers");
    }

    private void offer(String conversation, String agent, String channel, String ttl) {
        client().postJson(
                        "/v1/offers",
                        "{'conversation':'" + conversation + "','channel':'" + channel + "','queue':'sales','agent':'"
                                + agent + "','mode':'REQUIRED','ttl':'" + ttl + "'}")
                .expect(201);
    }

    @Test
    void a_conversation_ends_is_wrapped_up_and_handled() {
        Page page = panelOf("ends-1", "Ella Ends", "sales");
        client().conversation("ends-chat", "ends-1", "CHAT");
        Locator conversation = page.locator("[data-conversation=ends-chat]");
        assertThat(conversation).containsText("active");

        button(page, "End ends-chat").click();
        assertThat(conversation).containsText("wrapping up");
        assertThat(button(page, "Transfer ends-chat")).hasCount(0);
        assertStatus(page, "Busy", "wrapping up");
        button(page, "Handled: ends-chat").click();
        assertThat(page.getByText("No conversation.")).isVisible();
        assertStatus(page, "Free", "nothing is in the way");
    }

    @Test
    void a_handling_time_is_marked_when_it_comes_to_its_limit() {
        Page page = panelOf("limit-1", "Lars Limit", "sales");
        client().conversation("limit-video", "limit-1", "VIDEO");
        Locator timer = page.locator("[data-conversation=limit-video] live-timer");

        assertThat(timer).hasAttribute("level", "WARN");
        assertThat(timer).containsText("close to its limit of 4 s");
        assertThat(timer.locator("svg")).isVisible();
        assertThat(timer).hasAttribute("level", "BREACH");
        assertThat(timer).containsText("over its limit of 4 s");
        assertAccessibleInBothThemes(page);
    }

    @Test
    void a_conversation_is_transferred_to_somebody_who_can_take_it() {
        readyAgent("transfer-2", "Tia Target", "sales");
        readyAgent("transfer-3", "Tom Target", "sales");
        client().ready("transfer-3", false);
        client().agent("transfer-4", "sales");
        Page page = panelOf("transfer-1", "Tess Target", "sales");
        client().conversation("transfer-call", "transfer-1", "PHONE");

        button(page, "Transfer transfer-call").click();
        assertThat(dialog(page, "Transfer transfer-call")).isVisible();
        Locator dialog = page.locator("target-picker");
        Locator transfer = dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Transfer"));
        assertThat(transfer).isDisabled();
        dialog.getByLabel("Search by name or id").fill("transfer-");
        assertThat(dialog.locator(".target b")).hasText(new String[] {"Tia Target", "Tom Target"});
        assertThat(dialog.locator(".target")).containsText(new String[] {"Ready, with nothing to do", "Not ready"});
        dialog.getByText("Why not the others?").click();
        assertThat(dialog.locator("[data-agent=transfer-1]"))
                .containsText(Pattern.compile("Tess Target .*has the conversation now"));
        assertThat(dialog.locator("[data-agent=transfer-4]")).hasText("transfer-4 signed out");
        assertThat(dialog.locator(".target live-timer").first())
                .hasAttribute("title", Pattern.compile("Asia/Kathmandu"));
        assertAccessibleInBothThemes(page);
        Locator tia = dialog.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("Tia Target"));
        Locator toTia =
                dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Transfer to Tia Target"));
        page.route("**/v1/conversations/transfer-call/transfer", request -> refuse(request, 409, 0));
        tia.check();
        toTia.click();
        assertThat(dialog.locator("problem-note")).containsText(REFUSED);
        page.waitForResponse("**/transfer-targets*", () -> {});
        assertThat(dialog.locator("problem-note")).containsText(REFUSED);
        page.unroute("**/v1/conversations/transfer-call/transfer");
        page.keyboard().press("Escape");

        button(page, "Transfer transfer-call").click();
        assertThat(dialog.locator("problem-note .note")).hasCount(0);
        assertThat(dialog.locator("details")).not().hasAttribute("open", "");
        tia.check();
        toTia.click();

        assertThat(page.getByText("transfer-call is with Tia Target now.")).isVisible();
        assertThat(dialog(page, "Transfer transfer-call")).isHidden();
        assertThat(page.getByText("No conversation.")).isVisible();
        assertThat(ask("/v1/conversations/transfer-call", "/agent")).isEqualTo("transfer-2");
        assertThat(log(page)).containsText("Nothing so far.");
    }

    @Test
    void what_somebody_else_changes_is_told() {
        Page page = panelOf("told-1", "Tara Told", "sales");
        client().conversation("told-call", "told-1", "PHONE");
        assertThat(list(page, "Conversations")).containsText("told-call");

        client().put("/v1/agents/told-1/profile", "{'profile':'lunch'}", "Command-By", "sue")
                .expect(200);
        assertThat(log(page)).containsText("Your profile is Lunch by sue");
        assertThat(page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("Messages")))
                .containsText("Your profile is Lunch");
        client().delete("/v1/agents/told-1/queues/sales", "Command-By", "sue").expect(200);
        assertThat(log(page)).containsText("You have left Sales by sue");
        client().delete("/v1/agents/told-1/capabilities/CHAT", "Command-By", "sue")
                .expect(200);
        assertThat(log(page)).containsText("You are no longer given Chat by sue");
        client().post("/v1/conversations/told-call/handled").expect(200);
        assertThat(log(page)).containsText("told-call is no longer yours by a system");
        client().post("/v1/agents/told-1/sign-out", "Command-By", "sue").expect(200);
        assertThat(log(page)).containsText("You are signed out by sue");
        assertAccessibleInBothThemes(page);
    }

    @Test
    void why_it_is_so_is_said_in_the_rules_own_words() {
        Page page = panelOf("why-1", "Wanda Why", "sales");
        client().ready("why-1", false);

        button(page, "Why am I Away?").click();
        assertThat(dialog(page, "Why you are Away")).isVisible();
        Locator dialog = page.locator("why-dialog");
        assertThat(dialog.locator("explanation-view code").first()).hasText(Pattern.compile("STATUS-\\d+"));
        assertThat(dialog).containsText("What would change it");
        assertAccessibleInBothThemes(page);
        client().ready("why-1", true);
        assertThat(dialog(page, "Why you are Free")).isVisible();
        assertThat(dialog.locator("explanation-view status-badge").first()).hasText("Free");
        page.keyboard().press("Escape");
        assertThat(page.locator("why-dialog dialog")).isHidden();
    }

    @Test
    void a_lost_connection_is_shown_with_its_end_and_taken_up_again() {
        readyAgent("lost-1", "Lotta Lost", "sales");
        Page page = window(new NewContextOptions());
        // The policy, which says how often, is asked for again when it could not be read.
        AtomicInteger asked = new AtomicInteger();
        page.route("**/v1/policy", policy -> {
            if (asked.incrementAndGet() == 1) {
                refuse(policy, 503, 1);
            } else {
                policy.resume();
            }
        });
        go(page, "/agent?agent=lost-1");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Lotta Lost");
        client().post("/v1/agents/lost-1/disconnect").expect(200);

        Locator lost = page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("signed out in"));
        assertThat(lost).containsText(Pattern.compile("9:5\\d"));
        assertAccessibleInBothThemes(page);
        // From now on the page is the agent's desktop, and says again and again that it is there.
        page.waitForRequest(
                "**/v1/agents/lost-1/heartbeat", () -> button(page, "I am here").click());
        assertThat(lost).isHidden();
        page.waitForRequest("**/v1/agents/lost-1/heartbeat", () -> {});
    }

    @Test
    void a_page_that_was_cut_off_says_so_and_catches_up() {
        Page page = panelOf("cut-1", "Carla Cut", "sales");
        assertThat(page.locator("app-shell .live")).hasText("Live");

        page.context().setOffline(true);
        assertThat(page.locator("app-shell .live")).hasText("Not live");
        button(page, "Not ready").click();
        assertThat(page.getByRole(AriaRole.ALERT)
                        .filter(new Locator.FilterOptions().setHasText("The service does not answer.")))
                .isVisible();
        assertAccessibleInBothThemes(page);
        client().put("/v1/agents/cut-1/profile", "{'profile':'lunch'}", "Command-By", "sue")
                .expect(200);
        page.context().setOffline(false);
        assertThat(page.locator("app-shell .live")).hasText("Live");
        assertStatus(page, "Away", "on an Away profile");
        assertThat(log(page)).containsText("Your profile is Lunch by sue");

        server().kill();
        assertThat(page.locator("app-shell .live")).hasText("Not live");
        server().startAgain();
        client().ready("cut-1", false);
        assertThat(page.locator("app-shell .live")).hasText("Live");
        assertThat(button(page, "Not ready")).hasAttribute("aria-pressed", "true");
        button(page, "Ready").click();
        assertThat(button(page, "Ready")).hasAttribute("aria-pressed", "true");
    }

    @Test
    void everything_is_done_by_keys_alone() {
        readyAgent("keys-2", "Karl Keys", "sales");
        Page page = panelOf("keys-1", "Kira Keys", "sales");

        page.keyboard().press("r");
        assertStatus(page, "Away", "not ready");
        page.keyboard().press("r");
        assertStatus(page, "Free", "nothing is in the way");
        page.keyboard().press("p");
        assertThat(page.locator("[data-profile=available]")).isFocused();
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("[data-profile=nap]")).isFocused();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page.locator("profile-menu .now")).containsText("Lunch");
        assertThat(button(page, "Choose a profile")).isVisible();
        page.keyboard().press("p");
        assertThat(page.locator("[data-profile=lunch]")).isFocused();
        page.keyboard().press("ArrowUp");
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Enter");
        assertStatus(page, "Free", "nothing is in the way");

        client().conversation("keys-call", "keys-1", "PHONE");
        assertThat(list(page, "Conversations")).containsText("keys-call");
        page.keyboard().press("t");
        assertThat(dialog(page, "Transfer keys-call")).isVisible();
        Locator dialog = page.locator("target-picker");
        assertThat(dialog.getByLabel("Search by name or id")).isFocused();
        page.keyboard().type("karl");
        assertThat(dialog.locator(".target b")).hasText(new String[] {"Karl Keys"});
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        page.keyboard().press("Enter");
        assertThat(page.getByText("keys-call is with Karl Keys now.")).isVisible();

        offer("keys-offer", "keys-1", "CHAT", "PT5M");
        assertThat(list(page, "Offers")).isVisible();
        page.keyboard().press("x");
        assertThat(page.getByText("No offer.")).isVisible();
        page.keyboard().press("w");
        assertThat(dialog(page, "Why you are Free")).isVisible();
        // What was clicked in it has the focus no more than the page behind.
        page.locator("why-dialog explanation-view h3").first().click();
        page.keyboard().press("r");
        page.keyboard().press("Escape");
        page.keyboard().press("?");
        assertThat(dialog(page, "Keyboard")).isVisible();
        assertAccessibleInBothThemes(page);
        page.locator("keyboard-help").getByRole(AriaRole.CHECKBOX).uncheck();
        page.keyboard().press("Escape");
        page.keyboard().press("r");
        page.keyboard().press("w");
        assertThat(dialog(page, "Why you are Free")).isHidden();
        assertStatus(page, "Free", "nothing is in the way");
    }

    @Test
    void it_fits_a_phone_and_nobody_is_kept_from_using_it() {
        Page page = panelOf("full-1", "Maximiliane Alexandra von Hohenstein-Sonnenburg", "sales,quotes,support");
        client().conversation("full-chat", "full-1", "CHAT");
        client().conversation("full-chat-with-a-very-long-name-that-somebody-thought-of", "full-1", "CHAT");
        offer("full-offer", "full-1", "CHAT", "PT10M");
        assertThat(list(page, "Offers")).isVisible();
        assertThat(list(page, "Conversations").getByRole(AriaRole.LISTITEM)).hasCount(2);
        assertAccessibleInBothThemes(page);

        page.setViewportSize(360, 740);
        assertFits(page);
        assertAccessible(page);
        page.keyboard().press("p");
        assertThat(dialog(page, "Choose a profile")).isVisible();
        assertFits(page);
        page.keyboard().press("Escape");
        page.keyboard().press("t");
        assertThat(dialog(page, "Transfer full-chat")).isVisible();
        assertFits(page);
    }
}
