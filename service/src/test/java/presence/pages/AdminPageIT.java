package presence.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.IsInViewportOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import presence.http.Client;
import presence.webhook.Receiver;

/** What an administrator says there is, each section with what it makes, changes, refuses and deletes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AdminPageIT extends BrowserTest {

    /** A second for each of two events, the second after the first, with what lies between the tries. */
    private static final Duration GIVING_UP = Duration.ofMinutes(1);

    private final Receiver away = receiver();
    private final Receiver there = receiver();
    private Client admin;
    private String key;

    private static Receiver receiver() {
        try {
            return new Receiver();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    String[] settings() {
        return new String[] {
            "authentication: {mode: KEYS}", "webhooks: {allowedNetworks: [127.0.0.0/8], giveUpAfter: 1s}"
        };
    }

    @Override
    void prepare(Client client) {
        admin = administrator();
        key = key("ada");
        admin.queue("sales");
        admin.queue("support");
        admin.agent("anna", "sales");
        admin.post("/v1/agents/anna/sign-in").expect(200);
    }

    @AfterAll
    void stopReceivers() {
        away.close();
        there.close();
    }

    private String key(String name) {
        return admin.postJson("/v1/keys", "{'name':'" + name + "','role':'ADMIN'}")
                .expect(201)
                .json()
                .path("secret")
                .asText();
    }

    private Page section(String section) {
        Page page = open("/sign-in?to=/admin?section=" + section);
        page.getByLabel("Key of the API").fill(key);
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(2)))
                .isVisible();
        return page;
    }

    private static Locator field(Page page, String label) {
        return page.locator("form.card").getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator row(Page page, String text) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
    }

    private static void assertRefused(Locator field, String why) {
        assertThat(field).hasAttribute("aria-invalid", "true");
        assertThat(field).hasAccessibleDescription(Pattern.compile(why.replaceAll("[.]", "[.]")));
    }

    /** Answers the question that a dialog asks. */
    private static void answer(Page page, String says, String yes) {
        Locator question = page.locator("confirm-question");
        assertThat(question).containsText(says);
        question.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(yes))
                .click();
        assertThat(question).hasCount(0);
    }

    private String read(String path, String pointer) {
        return admin.get(path).expect(200).json().at(pointer).asText();
    }

    @Test
    @Order(1)
    void a_profile_is_made_refused_changed_retired_and_brought_back() {
        Page page = section("profiles");
        button(page, "New profile").click();
        field(page, "Name").fill("Break");
        button(page, "Save").click();
        assertRefused(field(page, "Id"), "An id is needed.");
        field(page, "Id").fill("a break");
        button(page, "Save").click();
        assertRefused(field(page, "Id"), "The profile's id is 'a break'; expected");
        assertThat(field(page, "Id")).isFocused();
        field(page, "Id").fill("available");
        button(page, "Save").click();
        assertRefused(field(page, "Id"), "There is available already.");
        field(page, "Id").fill("break");
        field(page, "Colour").fill("red");
        field(page, "Duration").fill("soon");
        button(page, "Save").click();
        assertRefused(field(page, "Colour"), "expected a colour such as #c62828");
        assertRefused(field(page, "Duration"), "expected an ISO-8601 duration");
        assertAccessible(page);

        field(page, "Colour").fill("#c62828");
        field(page, "Duration").fill("1 h 15 min");
        field(page, "Rounding").selectOption("5");
        page.getByRole(
                        AriaRole.RADIO,
                        new Page.GetByRoleOptions().setName("utensils").setExact(true))
                .check();
        assertThat(page.locator(".preview")).containsText("Break");
        button(page, "Save").click();

        assertThat(row(page, "Break")).containsText("1 h 15 min");
        assertThat(button(page, "Edit Break")).isFocused();
        assertThat(read("/v1/profiles/break", "/duration")).isEqualTo("PT1H15M");
        assertThat(read("/v1/profiles/break", "/icon")).isEqualTo("utensils");
        assertThat(button(page, "Delete Available")).isDisabled();
        button(page, "Edit Break").click();
        assertThat(field(page, "Type")).isDisabled();
        assertThat(page.locator("icon-picker label:has(:checked)"))
                .isInViewport(new IsInViewportOptions().setRatio(0.95));
        field(page, "Name").fill("Short break");
        button(page, "Save").click();
        assertThat(row(page, "Short break")).isVisible();

        admin.put("/v1/agents/anna/profile", "{'profile':'break'}").expect(200);
        button(page, "Delete Short break").click();
        assertAccessible(page);
        answer(page, "Whoever is on it stays until they leave it", "Delete");
        assertThat(row(page, "Short break")).hasCount(0);
        page.getByText("Retired (1)").click();
        button(page, "Bring back Short break").click();
        button(page, "Save").click();
        assertThat(row(page, "Short break")).isVisible();
        admin.put("/v1/agents/anna/profile", "{'profile':'available'}").expect(200);
    }

    @Test
    @Order(2)
    void queues_are_made_by_keyboard_alone_and_grouped_while_another_administrator_changes_them() {
        Page page = section("queues");
        button(page, "New queue").focus();
        page.keyboard().press("Enter");
        page.keyboard().type("billing");
        page.keyboard().press("Tab");
        page.keyboard().type("Billing");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        page.keyboard().press("Enter");
        assertThat(button(page, "Edit Billing")).isFocused();
        assertThat(read("/v1/queues/billing", "/overflowToTentative")).isEqualTo("true");

        page.keyboard().press("Enter");
        field(page, "Name").fill("Bills");
        admin.put("/v1/queues/late", "{'name':'Late'}").expect(200);
        assertThat(row(page, "Late")).isVisible();
        assertThat(field(page, "Name")).hasValue("Bills");
        admin.put("/v1/queues/billing", "{'name':'Accounts'}").expect(200);
        Locator hint = page.getByRole(AriaRole.ALERT)
                .filter(new Locator.FilterOptions().setHasText("Somebody else has changed this since you opened it."));
        assertThat(hint).isVisible();
        assertAccessible(page);
        button(page, "Save").click();
        assertThat(button(page, "Show theirs, drop mine")).isFocused();
        assertThat(read("/v1/queues/billing", "/name")).isEqualTo("Accounts");
        button(page, "Show theirs, drop mine").click();
        assertThat(field(page, "Name")).hasValue("Accounts");
        field(page, "Name").fill("Money");
        admin.delete("/v1/queues/billing").expect(204);
        assertThat(page.getByRole(AriaRole.ALERT)
                        .filter(new Locator.FilterOptions().setHasText("Somebody else has deleted this")))
                .isVisible();
        button(page, "Save").click();
        assertThat(row(page, "Money")).isVisible();

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Queue groups"))
                .click();
        assertThat(page).hasURL(Pattern.compile("/admin\\?section=queue-groups$"));
        button(page, "New queue group").click();
        field(page, "Id").fill("both");
        field(page, "Name").fill("Both");
        field(page, "Add").fill("sale");
        page.keyboard().press("Enter");
        field(page, "Add").fill("late");
        page.keyboard().press("Enter");
        assertThat(button(page, "Take out Late")).isVisible();
        admin.delete("/v1/queues/late").expect(204);
        button(page, "Save").click();
        assertThat(page.locator("pick-many")).containsText("There is no queue 'late'.");
        assertAccessible(page);
        button(page, "Take out late").click();
        button(page, "Save").click();
        assertThat(row(page, "Both")).containsText("sales");

        button(page, "Delete Both").click();
        answer(page, "Profiles that name it touch no queue any more.", "Delete");
        assertThat(row(page, "Both")).hasCount(0);
        admin.get("/v1/queue-groups/both").expectProblem(404, "UNKNOWN_QUEUE_GROUP");
    }

    @Test
    @Order(3)
    void agents_are_found_made_changed_while_they_work_and_put_in_by_the_hundred() {
        Page page = section("agents");
        button(page, "New agent").click();
        field(page, "Id").fill("ben");
        field(page, "Name").fill("Ben Okafor");
        field(page, "Time zone").fill("Nowhere/Land");
        field(page, "Labels").fill("team-lead early");
        button(page, "Save").click();
        assertRefused(field(page, "Time zone"), "expected a time zone of the IANA database");
        field(page, "Time zone").fill("Europe/London");
        field(page, "Phone").check();
        button(page, "Save").click();
        assertThat(row(page, "Ben Okafor")).containsText("Europe/London");
        assertThat(read("/v1/agents/ben/definition", "/labels/0")).isEqualTo("early");

        button(page, "Edit anna").click();
        field(page, "Name").fill("Anna Virtanen");
        // Her presence is another then, and nobody changed what she is.
        admin.ready("anna", true);
        button(page, "Save").click();
        assertThat(row(page, "Anna Virtanen")).isVisible();
        button(page, "Edit Anna Virtanen").click();
        field(page, "Name").fill("Anna V.");
        admin.put("/v1/agents/anna", "{'name':'Anna Korhonen','timeZone':'UTC'}")
                .expect(200);
        button(page, "Save").click();
        assertThat(page.getByText("Somebody else has changed this since you opened it."))
                .isVisible();
        assertThat(field(page, "Name")).hasValue("Anna V.");
        button(page, "Go on with mine").click();
        button(page, "Save").click();
        assertThat(row(page, "Anna V.")).isVisible();

        page.getByText("Many at once").click();
        String lines = IntStream.rangeClosed(1, 600)
                .mapToObj(n -> "{\"id\":\"n" + n + "\",\"name\":\"New " + n + "\",\"timeZone\":\"UTC\""
                        + (n == 300 ? ",\"queues\":[\"nowhere\"]" : "") + "}")
                .collect(Collectors.joining("\n"));
        page.getByLabel("Lines", new Page.GetByLabelOptions().setExact(true))
                .fill(lines + "\n{\"type\":\"SIGN_IN\"}\n");
        button(page, "Put them in").click();
        assertThat(page.getByText("Done. 599 applied, 0 as they were, 2 refused."))
                .isVisible();
        Locator refusals = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Refused lines"))
                .getByRole(AriaRole.ROW);
        assertThat(refusals).hasText(new Pattern[] {
            Pattern.compile("Line"), Pattern.compile("^\\s*300\\s.*'nowhere'"), Pattern.compile("^\\s*601\\s")
        });
        assertAccessible(page);

        page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Search by name or id"))
                .fill("n599");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Agents"))
                        .getByRole(AriaRole.ROW))
                .hasCount(2);
        button(page, "Delete New 599").click();
        answer(page, "Open conversations become nobody’s", "Delete");
        assertThat(page.getByText("Nobody is called that.")).isVisible();
    }

    @Test
    @Order(4)
    void the_policy_is_refused_at_its_field_and_two_administrators_can_change_two_things() {
        Page page = section("policy");
        Locator wrapUp = page.getByLabel("Wrap-up: Phone");
        Locator capacity = page.getByLabel("Capacity: Chat");
        assertThat(button(page, "Save")).isDisabled();
        wrapUp.fill("half a minute");
        capacity.fill("-1");
        button(page, "Save").click();
        assertRefused(wrapUp, "expected an ISO-8601 duration");
        assertRefused(capacity, "expected a whole number from 0 to 1000");
        assertAccessible(page);

        wrapUp.fill("");
        button(page, "Save").click();
        assertRefused(wrapUp, "expected an ISO-8601 duration");
        wrapUp.fill("30 s");
        capacity.fill("3");
        admin.put("/v1/policy", "{'connectionGrace':'PT2M'}").expect(200);
        assertThat(page.getByText("Somebody else has changed this since you opened it."))
                .isVisible();
        button(page, "Go on with mine").click();
        button(page, "Save").click();

        assertThat(page.getByText("The policy is saved.")).isVisible();
        assertThat(read("/v1/policy", "/wrapUp/PHONE")).isEqualTo("PT30S");
        assertThat(read("/v1/policy", "/capacity/CHAT")).isEqualTo("3");
        assertThat(read("/v1/policy", "/connectionGrace")).isEqualTo("PT2M");
        assertThat(page.getByLabel("Connection grace")).hasValue("2 min");
    }

    @Test
    @Order(5)
    void a_key_is_shown_once_and_good_until_it_is_revoked() {
        Page page = section("keys");
        button(page, "New key").click();
        field(page, "Name").fill("anna-desktop");
        field(page, "Role").selectOption("AGENT");
        button(page, "Make the key").click();
        assertRefused(field(page, "Agent"), "The role AGENT needs the agent that it is");
        field(page, "Agent").fill("anna");
        field(page, "Good for").fill("90 d");
        button(page, "Make the key").click();

        Locator secret = page.getByLabel("Secret", new Page.GetByLabelOptions().setExact(true));
        assertThat(secret).hasValue(Pattern.compile("pk_[0-9a-f]{12}_[0-9a-f]{64}"));
        assertThat(secret).isFocused();
        assertAccessible(page);
        Client anna = client().withKey(secret.inputValue());
        assertThat(anna.get("/v1/me").expect(200).json().path("agent").asText()).isEqualTo("anna");
        button(page, "I have it").click();
        assertThat(secret).hasCount(0);
        assertThat(row(page, "anna-desktop")).containsText("good");

        button(page, "Revoke the key of anna-desktop").click();
        answer(page, "Whoever has signed in with it is signed out.", "Revoke");
        assertThat(row(page, "anna-desktop")).hasCount(0);
        page.getByLabel("Revoked and expired ones too").check();
        assertThat(row(page, "anna-desktop")).containsText("revoked");
        anna.get("/v1/me").expectProblem(401, "UNAUTHENTICATED");
    }

    @Test
    @Order(6)
    void every_section_can_be_used_by_everybody_in_both_themes_and_on_a_phone() {
        Page page = section("profiles");
        for (String section : List.of(
                "Profiles", "Queues", "Queue groups", "Agents", "Policy", "API keys", "Webhooks", "Audit log")) {
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(section).setExact(true))
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(2)))
                    .hasText(section);
            assertThat(page.getByText("Loading …")).hasCount(0);
            Locator create = page.locator("button.new");
            if (create.count() > 0) {
                create.click();
            }
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            page.setViewportSize(360, 740);
            assertFits(page);
            assertAccessible(page);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            page.setViewportSize(1280, 800);
            assertAccessible(page);
        }
        page.goBack();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(2)))
                .hasText("Webhooks");
        // What was begun in another section is still there.
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("New webhook")))
                .isVisible();

        assertThat(isHeldBack(page)).isFalse();
        field(page, "Description").fill("Typed and not saved");
        assertThat(isHeldBack(page)).isTrue();
    }

    @Test
    @Order(7)
    void a_webhook_is_registered_tried_paused_and_given_another_secret() {
        Page page = section("webhooks");
        button(page, "New webhook").click();
        field(page, "Address").fill("http://192.0.2.1/hook");
        field(page, "Of these agents only").fill("anna a/b");
        button(page, "Save").click();
        assertRefused(field(page, "Of these agents only"), "expected 1 to 128 characters");
        field(page, "Of these agents only").fill("anna");
        button(page, "Save").click();
        assertRefused(field(page, "Address"), "webhooks.allowedNetworks");
        field(page, "Address").fill(there.url());
        field(page, "Description").fill("The CRM");
        button(page, "Save").click();
        Locator secret = page.getByLabel("Secret", new Page.GetByLabelOptions().setExact(true));
        assertThat(secret).hasValue(Pattern.compile("whsec_.+"));
        String first = secret.inputValue();
        button(page, "I have it").click();

        Locator card = page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(there.url()));
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Try it"))
                .click();
        assertThat(card.getByRole(AriaRole.STATUS)).containsText("It arrived: 204 after");
        assertThat(there.arrived()).extracting(Receiver.Message::type).contains("presence.Test");
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Edit"))
                .click();
        assertThat(field(page, "Address")).hasValue(there.url());
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause"))
                .click();
        assertThat(card).containsText("paused: events wait");
        button(page, "Save").click();
        assertThat(page.locator("form.card")).hasCount(0);
        assertThat(card).containsText("paused: events wait");
        admin.ready("anna", true);
        admin.ready("anna", false);
        assertThat(card.locator("dl")).containsText(Pattern.compile("Waiting[12]"));
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Resume"))
                .click();
        assertThat(card.locator("dl")).containsText("Waiting0");
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("New secret"))
                .click();
        answer(page, "For 24 hours the old one signs too.", "New secret");
        assertThat(secret).not().hasValue(first);
        assertAccessible(page);
        button(page, "I have it").click();
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
                .click();
        answer(page, "What waits and the dead letters go with it", "Delete");
        assertThat(card).hasCount(0);
    }

    @Test
    @Order(8)
    void what_was_done_stands_in_the_audit_log() {
        client().withKey(key)
                .commands(IntStream.rangeClosed(1, 120)
                        .mapToObj(n -> "{'type':'PUT_QUEUE','definition':{'id':'q" + n + "','name':'Queue " + n + "'}}")
                        .toList());
        await().until(() -> read("/v1/audit?by=ada&limit=1", "/deeds/0/action").equals("PUT_QUEUE"));
        Page page = section("audit");
        assertThat(row(page, "PUT_QUEUE").first()).containsText("ada");
        int before = page.getByRole(AriaRole.ROW).count();

        int deeds = admin.get("/v1/audit?limit=1000")
                .expect(200)
                .json()
                .path("deeds")
                .size();
        List<Route> asked = new ArrayList<>();
        page.route("**/v1/audit*cursor*", asked::add);
        button(page, "Show more").dblclick();
        page.waitForCondition(() -> asked.size() == 2);
        for (Route one : asked) {
            page.waitForResponse("**/v1/audit*cursor*", one::resume);
        }
        assertThat(page.getByRole(AriaRole.ROW)).not().hasCount(before);
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
        assertThat(page.getByRole(AriaRole.ROW)).hasCount(1 + Math.min(deeds, 200));
        page.getByLabel("Who (the whole name)").fill("nobody-of-that-name");
        assertThat(page.getByText("Nothing was done so far.")).isVisible();
        page.getByLabel("Who (the whole name)").fill("root");
        assertThat(row(page, "/v1/queues/sales").first()).isVisible();
        assertThat(row(page, "PUT_QUEUE")).hasCount(0);
        page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("2020-01-01T00:00");
        assertThat(page.getByText("Nothing was done so far.")).isVisible();
    }

    @Test
    @Order(9)
    void dead_letters_are_looked_at_sent_again_and_deleted() {
        away.answer(message -> 503);
        String webhook = admin.postJson(
                        "/v1/webhooks", "{'url':'" + away.url() + "','kinds':['STATE_CHANGED'],'agents':['anna']}")
                .expect(201)
                .json()
                .at("/webhook")
                .asText();
        admin.ready("anna", true);
        admin.ready("anna", false);
        await().atMost(GIVING_UP)
                .until(() -> read("/v1/webhooks/" + webhook, "/deadLetters").equals("2"));
        Page page = section("webhooks");
        Locator card = page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(away.url()));
        assertThat(card).containsText("Last failure");
        card.getByText("2 events did not arrive").click();
        Locator letters = card.getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName("Dead letters"));
        assertThat(letters.getByRole(AriaRole.ROW)).hasCount(3);
        letters.getByText("What it says").first().click();
        assertThat(letters).containsText("\"subject\": \"anna\"");
        assertAccessible(page);
        picture(page, "admin-webhooks");

        letters.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Delete ")))
                .first()
                .click();
        answer(page, "It is never sent again.", "Delete");
        assertThat(letters.getByRole(AriaRole.ROW)).hasCount(2);
        away.answer(message -> 204);
        button(page, "Send all again").click();
        assertThat(page.getByText("1 event is sent again.")).isVisible();
        assertThat(card.locator("dl")).containsText("Dead letters0");
        await().until(() -> !away.arrived().isEmpty());
    }
}
