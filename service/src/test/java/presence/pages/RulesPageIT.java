package presence.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import presence.http.Client;
import presence.http.Reply;

/** The rules studio. There is one draft for all, so each test begins without one and with the rules that were shipped. */
final class RulesPageIT extends BrowserTest {
    private static final String RULES = "Rules: status/status.drl";
    private static final String EXAMPLES = "Examples: status/status.scenarios.yml";

    /** Makes the browser one that leaves the cursor before what was typed, as some do now and then. */
    private static final String LEAVES_THE_CURSOR = """
            () => addEventListener('input', (event) => {
                const selection = event.composedPath()[0].getRootNode().getSelection();
                selection.collapse(selection.anchorNode, selection.anchorOffset - event.data.length);
            }, true)
            """;

    /** A check takes seconds, and more on a machine that does other things too. */
    private static final double PATIENCE_MILLIS = 60_000;

    @Override
    void prepare(Client client) {
        setDefaultAssertionTimeout(PATIENCE_MILLIS);
        client.agent("anna", "");
        client.post("/v1/agents/anna/sign-in").expect(200);
        client.readyAgent("ben", "");
    }

    @BeforeEach
    void nobodyHasChangedAnything() {
        Reply draft = client().get("/v1/rules/draft");
        if (draft.status() == 200) {
            client().delete("/v1/rules/draft", "If-Match", draft.header("ETag")).expect(204);
        }
        client().post("/v1/rules/releases/0/activate").expect(200);
    }

    @Test
    void a_rule_is_changed_checked_previewed_released_activated_seen_in_the_status_and_rolled_back() {
        Page page = studio();
        assertAccessibleInBothThemes(page);
        assertThat(step(page, "Change")).hasAttribute("aria-current", "step");
        notReadyShowsAsBusy(page);
        assertThat(step(page, "Change")).containsText("2 files changed");
        assertThat(topic(page, "status")).containsText("changed");
        picture(page, "rules");

        step(page, "Check").click();
        button(page, "Check everything").click();
        assertThat(page.getByText("Sound: nothing was found.")).isVisible();
        assertThat(page.getByText("cases tried")).isVisible();
        assertThat(step(page, "Check")).containsText("nothing found");
        assertAccessibleInBothThemes(page);

        button(page, "See whom it changes").click();
        button(page, "Preview").click();
        assertThat(page.getByText("1 agent would change, of 2.")).isVisible();
        Locator row = page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName("anna"));
        assertThat(row.getByRole(AriaRole.CELL).nth(1)).containsText("Away");
        assertThat(row.getByRole(AriaRole.CELL).nth(2)).containsText("Busy");
        assertThat(row.getByRole(AriaRole.CELL).nth(4)).containsText("STATUS-120");
        assertAccessibleInBothThemes(page);

        button(page, "Release it").click();
        Locator changed = region(page, "status/status.drl");
        assertThat(changed).containsText("1 line more, 1 line less");
        assertThat(changed.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("removed")))
                .containsText("verdict.status( Status.AWAY, Reason.NOT_READY );");
        assertThat(changed.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("added")))
                .containsText("verdict.status( Status.BUSY, Reason.NOT_READY );");
        button(page, "Make the release").click();
        assertThat(page.getByText("Say in a few words what it is for.")).isVisible();
        assertAccessibleInBothThemes(page);
        page.getByLabel("What is it for?").fill("Not Ready shows as Busy");
        button(page, "Make the release").click();

        int release = newestRelease("Not Ready shows as Busy");
        assertThat(statusOfAnna()).isEqualTo("AWAY");
        button(page, "Activate release " + release).click();
        assertAccessible(page);
        button(dialog(page, "Activate release " + release + "?"), "Activate release " + release)
                .click();
        assertThat(page.getByText("Release " + release + " is active. 1 agent was concluded otherwise."))
                .isVisible();
        assertThat(step(page, "Activate")).containsText("release " + release + " is active");
        assertThat(statusOfAnna()).isEqualTo("BUSY");
        assertAccessibleInBothThemes(page);

        button(page, "Roll back to release 0").click();
        button(dialog(page, "Roll back to release 0?"), "Roll back to release 0")
                .click();
        assertThat(page.getByText("Release 0 is active. 1 agent was concluded otherwise."))
                .isVisible();
        assertThat(statusOfAnna()).isEqualTo("AWAY");
    }

    @Test
    void a_broken_rule_is_underlined_while_one_types_and_is_refused() {
        Page page = studio();
        replace(page, RULES, "Status.AWAY, Reason.NOT_READY", "Status.BUSI, Reason.NOT_READY");

        Locator problems = region(page, "Problems");
        assertThat(problems).containsText("Status has no 'BUSI'. Maybe 'BUSY'.");
        assertThat(problems).containsText("Problems (1)");
        assertThat(topic(page, "status")).containsText("1 problem");
        Locator underlined = editor(page, RULES).locator(".cm-lintRange-error");
        topic(page, "overflow").click();
        page.keyboard().press("F8");
        assertThat(underlined).hasText("BUSI");
        assertThat(editor(page, RULES)).isFocused();
        underlined.hover();
        assertThat(page.locator(".cm-tooltip-lint")).containsText("Maybe 'BUSY'");
        assertAccessibleInBothThemes(page);

        step(page, "Check").click();
        button(page, "Check everything").click();
        assertThat(page.getByText("1 problem was found.")).isVisible();
        step(page, "Release").click();
        page.getByLabel("What is it for?").fill("It is broken");
        button(page, "Make the release").click();
        assertThat(step(page, "Check")).hasAttribute("aria-current", "step");
        assertAccessibleInBothThemes(page);
        assertThat(client().get("/v1/rules/releases").each("releases", "comment"))
                .doesNotContain("It is broken");

        page.locator("check-view").getByText("Maybe 'BUSY'").click();
        assertThat(editor(page, RULES)).isFocused();
        page.keyboard().type("x");
        assertThat(isHeldBack(page)).isTrue();
    }

    @Test
    void what_can_be_written_and_what_a_word_means_is_said_where_it_stands() {
        Page page = studio();
        Locator rules = editor(page, RULES);
        rules.getByText("connectionLost").first().hover();
        assertThat(page.locator(".cm-word")).containsText("the loss of the connection ended the last session");

        rules.focus();
        page.keyboard().press("Control+End");
        page.keyboard().type("\nrule \"STATUS-140 It is being written\"\nwhen\nAgent( profileT");
        page.keyboard().press("Control+Space");
        Locator options = page.getByRole(AriaRole.LISTBOX).getByRole(AriaRole.OPTION);
        assertThat(options.first()).containsText("profileType");
        assertThat(page.locator(".cm-completionInfo")).containsText("the type of the selected profile");
        assertAccessibleInBothThemes(page);
        page.keyboard().press("Escape");
        page.keyboard().type("ype == ");
        page.keyboard().press("Control+Space");
        assertThat(options.first()).containsText("ProfileType.AVAILABLE");
        page.keyboard().press("Escape");
        page.keyboard().type("ProfileType.CON");
        page.keyboard().press("Control+Space");
        assertThat(options).hasCount(1);
        options.first().click();
        assertThat(rules).containsText("profileType == ProfileType.CONFERENCE");
        page.keyboard().press("Escape");
        page.keyboard().press("Control+End");
        page.keyboard().type("\nthen");
        assertThat(options.first()).containsText("then");
        page.keyboard().type("\nverdict.status");
        assertThat(rules.locator(".cm-line").last()).hasText("verdict.status");
        page.keyboard().press("Control+Space");
        assertThat(options).hasCount(3);
        assertThat(options.last()).containsText("status( Status, Reason, Reason )");
        page.keyboard().press("Escape");

        Locator examples = editor(page, EXAMPLES);
        restOn(examples, "signedIn");
        assertThat(page.locator(".cm-word")).containsText("signedIn: yes or no");
        examples.focus();
        page.keyboard().press("Control+End");
        page.keyboard().type("\n  fired: STATUS-13");
        page.keyboard().press("Control+Space");
        assertThat(options.first()).containsText("STATUS-130");
        page.keyboard().press("Escape");
        page.evaluate(LEAVES_THE_CURSOR);
        page.keyboard().type(", STATUS-010");
        assertThat(examples.locator(".cm-line").last()).hasText("fired: STATUS-13, STATUS-010");
    }

    @Test
    void an_example_that_fails_is_marked_where_it_stands_and_one_that_is_added_passes() {
        Page page = studio();
        replace(page, RULES, "Status.AWAY, Reason.NOT_READY", "Status.BUSY, Reason.NOT_READY");
        editor(page, RULES).focus();
        page.keyboard().press("Control+Enter");

        Locator outcomes = region(page, "Examples");
        assertThat(outcomes).containsText("155 of 157 pass");
        Locator first = outcomes.getByRole(AriaRole.BUTTON).nth(1);
        assertThat(first).containsText("fails");
        assertThat(first).containsText("expected status: AWAY; came: BUSY");
        assertAccessibleInBothThemes(page);
        first.click();
        Locator failed = page.locator(".cm-outcomes .FAILED");
        assertThat(failed).hasCount(2);
        assertThat(failed.first()).hasAttribute("title", "fails");
        assertThat(editor(page, EXAMPLES).locator(".cm-lintRange-error").first())
                .hasText("AWAY");

        replace(
                page,
                EXAMPLES,
                "expect: { status: AWAY, reasons: NOT_READY }",
                "expect: { status: BUSY, reasons: NOT_READY }");
        page.keyboard().press("Control+End");
        page.keyboard()
                .insertText("\n- scenario: Who is not ready is busy on any day\n  agent: { id: zoe, ready: no }\n"
                        + "  expect: { status: BUSY }\n  fired: STATUS-120\n");
        assertThat(outcomes).containsText("Changed since they were run.");
        page.keyboard().press("Control+Enter");

        assertThat(outcomes).containsText("158 of 158 pass");
        assertThat(outcomes.getByRole(AriaRole.BUTTON).last()).containsText("Who is not ready is busy on any day");
        assertThat(page.locator(".cm-outcomes .PASSED").last()).hasAttribute("title", "passes");
        assertThat(failed).hasCount(0);
    }

    @Test
    void two_who_change_the_draft_are_told_of_each_other_and_choose() {
        Page mine = studio();
        Page theirs = studio();
        replace(theirs, RULES, "has no work is away", "has no work is theirs");
        theirs.keyboard().press("Control+s");
        assertThat(theirs.getByText("The draft is saved.")).isVisible();
        replace(mine, RULES, "has no work is away", "has no work is mine");
        mine.keyboard().press("Control+s");

        Locator question = dialog(mine, "Somebody else has changed the draft");
        assertThat(question.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("is theirs")))
                .isVisible();
        assertAccessibleInBothThemes(mine);
        mine.route("**/v1/rules/draft", request -> refuse(request, 503, 0));
        mine.getByText("Keep mine, overwrite theirs").click();
        assertThat(question).containsText(REFUSED);
        mine.unroute("**/v1/rules/draft");
        mine.getByText("Keep mine, overwrite theirs").click();
        assertThat(mine.getByText("Draft, saved")).isVisible();
        assertThat(client().get("/v1/rules/draft").expect(200).text()).contains("has no work is mine");

        replace(theirs, RULES, "has no work is theirs", "has no work is nobody's");
        theirs.keyboard().press("Control+s");
        assertThat(dialog(theirs, "Somebody else has changed the draft")).hasCount(1);
        theirs.getByText("Keep theirs, give up mine").click();
        assertThat(editor(theirs, RULES)).containsText("has no work is mine");
        assertThat(button(theirs, "Save the draft")).isDisabled();

        button(theirs, "Throw the draft away").click();
        button(dialog(theirs, "Throw the draft away?"), "Throw the draft away").click();
        assertThat(editor(theirs, RULES)).containsText("has no work is away");
        client().get("/v1/rules/draft").expectProblem(404, "UNKNOWN_DRAFT");
    }

    @Test
    void a_promise_is_broken_by_name_only_and_the_release_says_so() {
        Page page = studio();
        replace(page, RULES, "Status.BUSY, Reason.PROFILE_CONFERENCE", "Status.AWAY, Reason.PROFILE_CONFERENCE");
        replace(
                page,
                EXAMPLES,
                "status: BUSY, reasons: PROFILE_CONFERENCE",
                "status: AWAY, reasons: PROFILE_CONFERENCE");
        step(page, "Check").click();
        button(page, "Check everything").click();

        assertThat(page.locator("check-view").getByText("The promise CONFERENCE-IS-BUSY is broken"))
                .isVisible();
        page.getByLabel("CONFERENCE-IS-BUSY is not to be kept").check();
        assertThat(page.getByText("The rules have changed since this check.")).isVisible();
        button(page, "Check again").click();
        assertThat(page.getByText("Broken on purpose: CONFERENCE-IS-BUSY")).isVisible();
        assertAccessibleInBothThemes(page);
        step(page, "Release").click();
        page.getByLabel("What is it for?").fill("Conferences are away");
        List<Route> making = new ArrayList<>();
        page.route("**/v1/rules/releases", request -> {
            if (request.request().method().equals("POST")) {
                making.add(request);
            } else {
                request.resume();
            }
        });
        page.keyboard().press("Enter");
        page.waitForCondition(() -> !making.isEmpty());
        step(page, "Change").click();
        replace(page, RULES, "has no work is away", "has no work is for the next release");
        making.get(0).resume();
        int release = newestRelease("Conferences are away");

        assertThat(page.getByText("Release " + release + " is made")).isVisible();
        assertThat(step(page, "Change")).hasAttribute("aria-current", "step");
        button(page, "Save the draft").click();
        assertThat(page.getByText("Draft, saved")).isVisible();
        assertThat(client().get("/v1/rules/draft").expect(200).text()).contains("for the next release");
        step(page, "Activate").click();
        assertThat(page.getByText("Breaks on purpose: CONFERENCE-IS-BUSY")).isVisible();
        Page other = studio();
        client().post("/v1/rules/releases/" + release + "/activate").expect(200);
        assertThat(page.getByText("Release " + release + " is active now.")).isVisible();
        assertThat(editor(other, RULES)).containsText("WHAT AN AGENT IS");
        assertThat(step(other, "Activate")).containsText("release " + release + " is active");
        button(page, "Look at release 0").click();
        assertThat(dialog(page, "Release 0")).containsText("Status.AWAY, Reason.PROFILE_CONFERENCE");
        assertAccessibleInBothThemes(page);
        page.keyboard().press("Escape");
        assertThat(dialog(page, "Release 0")).hasCount(0);
    }

    @Test
    void everything_is_done_by_keyboard_and_the_handbook_is_at_hand() {
        Page page = studio();
        page.keyboard().press("F1");
        Locator handbook = region(page, "Handbook");
        assertThat(handbook).isFocused();
        assertThat(handbook.getByText("How a rule reads")).isVisible();
        assertAccessibleInBothThemes(page);
        page.keyboard().press("Escape");
        assertThat(handbook).hasCount(0);

        tabTo(page, button(page, "Keyboard"));
        page.keyboard().press("Enter");
        assertThat(dialog(page, "Keyboard").getByText("Escape, then Tab")).isVisible();
        assertAccessible(page);
        page.keyboard().press("Escape");
        tabTo(page, editor(page, RULES));
        page.keyboard().press("Control+Home");
        page.keyboard().type("/* Mine. */");
        page.keyboard().press("Tab");
        assertThat(editor(page, RULES)).isFocused();
        page.keyboard().press("Escape");
        page.keyboard().press("Tab");
        assertThat(editor(page, RULES)).not().isFocused();
        assertThat(editor(page, EXAMPLES)).isFocused();
        page.keyboard().press("Control+s");
        assertThat(page.getByText("Draft, saved")).isVisible();

        page.keyboard().press("Escape");
        tabTo(page, step(page, "Check"));
        page.keyboard().press("Enter");
        tabTo(page, button(page, "Check everything"));
        page.keyboard().press("Enter");
        assertThat(page.getByText("Sound: nothing was found.")).isVisible();
        tabTo(page, button(page, "See whom it changes"));
        page.keyboard().press("Enter");
        assertThat(step(page, "Preview")).hasAttribute("aria-current", "step");

        step(page, "Release").click();
        page.getByLabel("What is it for?").fill("For nothing");
        step(page, "Change").click();
        step(page, "Release").click();
        assertThat(page.getByLabel("What is it for?")).hasValue("For nothing");
        step(page, "Change").click();
        editor(page, RULES).focus();
        for (int i = 0; i < 5; i++) {
            page.keyboard().press("Control+z");
        }
        assertThat(editor(page, RULES)).not().containsText("Mine.");
        page.keyboard().press("Control+s");
        page.keyboard().press("Control+s");
        assertThat(page.getByText("Draft, saved")).isVisible();
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        step(page, "Release").click();
        assertThat(page.getByText("There is no change to release.")).isVisible();
    }

    @Test
    void a_new_file_is_added_and_removed_and_everything_fits_a_small_window() {
        Page page = go(window(ofSize(360, 740)), "/rules");
        assertThat(editor(page, RULES)).isVisible();
        assertFits(page);
        button(page, "New file …").click();
        Locator adding = dialog(page, "A new file of rules");
        adding.getByLabel("Folder and name").fill("Night");
        button(adding, "Add").click();
        assertThat(adding).containsText("Expected a folder and a name");
        assertAccessibleInBothThemes(page);
        assertFits(page);
        adding.getByLabel("Folder and name").fill("transfer/night");
        page.keyboard().press("Enter");

        assertThat(editor(page, "Rules: transfer/night.drl")).isFocused();
        assertAccessibleInBothThemes(page);
        for (String step : List.of("Check", "Preview", "Release", "Activate")) {
            step(page, step).click();
            assertThat(step(page, step)).hasAttribute("aria-current", "step");
            assertFits(page);
            assertAccessible(page);
        }
        step(page, "Change").click();
        topic(page, "night").click();
        button(page, "Remove night …").click();
        button(dialog(page, "Remove transfer/night?"), "Remove").click();
        assertThat(topic(page, "night")).hasCount(0);
        assertThat(step(page, "Change")).containsText("nothing changed");
    }

    /** A window with the studio in it. */
    private Page studio() {
        Page page = open("/rules");
        assertThat(editor(page, RULES)).isVisible();
        assertThat(page.locator("[data-state=live]")).isVisible();
        return page;
    }

    /** The second of the handbook's five changes, as far as the rules go. */
    static void notReadyShowsAsBusy(Page page) {
        replace(page, RULES, "Status.AWAY, Reason.NOT_READY", "Status.BUSY, Reason.NOT_READY");
        replace(
                page,
                EXAMPLES,
                "expect: { status: AWAY, reasons: NOT_READY }",
                "expect: { status: BUSY, reasons: NOT_READY }");
    }

    /** Replaces a text wherever it stands in an editor, as one does: by its search. */
    private static void replace(Page page, String editor, String from, String to) {
        editor(page, editor).focus();
        page.keyboard().press("Control+f");
        page.getByPlaceholder("Find").fill(from);
        page.getByPlaceholder("Replace").fill(to);
        button(page, "Replace all").click();
        page.keyboard().press("Escape");
        assertThat(editor(page, editor)).isFocused();
    }

    private static void tabTo(Page page, Locator control) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(control.evaluate("one => one.getRootNode().activeElement === one"))) {
                return;
            }
        }
        assertThat(control).isFocused();
    }

    private static Locator editor(Page page, String name) {
        return page.getByRole(
                AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A dialog with this heading; what stands in it belongs to the element around it. */
    private static Locator dialog(Page page, String name) {
        Locator open = page.getByRole(
                AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name).setExact(true));
        return page.locator("confirm-dialog").filter(new Locator.FilterOptions().setHas(open));
    }

    private static Locator button(Locator part, String name) {
        return part.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator region(Page page, String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator step(Page page, String name) {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("From a change to the agents"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    private static Locator topic(Page page, String name) {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Rules and their examples"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    /** Rests the mouse on a word, which need not have an element of its own. */
    private static void restOn(Locator editor, String word) {
        Object middle = editor.evaluate("""
                (editor, word) => {
                    const texts = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
                    while (texts.nextNode()) {
                        const from = texts.currentNode.data.indexOf(word);
                        if (from >= 0) {
                            const range = document.createRange();
                            range.setStart(texts.currentNode, from);
                            range.setEnd(texts.currentNode, from + word.length);
                            const { x, y, width, height } = range.getBoundingClientRect();
                            return [x + width / 2, y + height / 2];
                        }
                    }
                    return null;
                }""", word);
        assertThat(middle).as("where '%s' stands", word).isInstanceOf(List.class);
        List<?> at = (List<?>) middle;
        editor.page().mouse().move(((Number) at.get(0)).doubleValue(), ((Number) at.get(1)).doubleValue());
    }

    /** Waits for the release with this comment; answers its number. */
    private int newestRelease(String comment) {
        await().until(() ->
                client().get("/v1/rules/releases").each("releases", "comment").contains(comment));
        return client().get("/v1/rules/releases")
                .json()
                .path("releases")
                .path(0)
                .path("release")
                .asInt();
    }

    private String statusOfAnna() {
        return client().get("/v1/agents/anna").json().path("status").asText();
    }
}
