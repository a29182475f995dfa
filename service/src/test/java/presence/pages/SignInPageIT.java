package presence.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.http.Client;
import presence.oidc.TestIssuer;

/** How people get into the pages and out again, with keys and with the company's issuer. */
final class SignInPageIT extends BrowserTest {
    @TempDir
    private static Path secrets;

    private final TestIssuer issuer = new TestIssuer(Clock.systemUTC());
    private Client admin;

    @Override
    String[] settings() {
        int port = freePort();
        try {
            Path secret = Files.writeString(secrets.resolve("client-secret"), TestIssuer.SECRET + "\n");
            return new String[] {
                "stream: {keepAlive: 1s}",
                "server: {applicationConnectors: [{type: http, bindHost: 127.0.0.1, port: " + port + "}],"
                        + " adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}],"
                        + " gzip: {enabled: false}, requestLog: {appenders: []}}",
                "authentication: {mode: KEYS_AND_TOKENS, tokenIssuer: '" + issuer.address()
                        + "', tokenAudience: presence,"
                        + " tokenKeysUrl: '" + issuer.address() + "/keys',"
                        + " signIn: {clientId: " + TestIssuer.CLIENT + ", clientSecretFile: '" + secret + "',"
                        + " authorizationUrl: '" + issuer.address() + "/authorize',"
                        + " tokenUrl: '" + issuer.address() + "/token',"
                        + " publicUrl: 'http://127.0.0.1:" + port + "'}}"
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The issuer has to know where people come back to before the service has started. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void prepare(Client client) {
        admin = administrator();
        admin.agent("anna", "");
    }

    @AfterAll
    void stopIssuer() {
        issuer.close();
    }

    private String key(String name, String role) {
        String agent = role.equals("AGENT") ? ",'agent':'anna'" : "";
        return admin.postJson("/v1/keys", "{'name':'" + name + "','role':'" + role + "'" + agent + "}")
                .expect(201)
                .json()
                .path("secret")
                .asText();
    }

    private static void signIn(Page page, String key) {
        page.getByLabel("Key of the API").fill(key);
        page.keyboard().press("Enter");
    }

    private static Locator bar(Page page) {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages"))
                .getByRole(AriaRole.LINK);
    }

    private static Locator signOut(Page page) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out of the pages"));
    }

    @Test
    void a_key_lets_in_and_leads_back_to_the_page_that_was_asked_for() {
        Page page = open("/directory?q=an");

        assertThat(page).hasURL(Pattern.compile("/sign-in\\?to=%2Fdirectory%3Fq%3Dan$"));
        assertThat(page.getByLabel("Key of the API")).isFocused();
        assertThat(page.getByLabel("Key of the API")).hasAttribute("type", "password");
        assertAccessible(page);
        picture(page, "sign-in");
        signIn(page, "pk_000000000000_" + "0".repeat(64));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The key is not known.");
        assertAccessible(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(360, 740);
        assertAccessible(page);
        assertFits(page);
        page.setViewportSize(1280, 800);

        signIn(page, key("sue", "SUPERVISOR"));

        assertThat(page).hasURL(Pattern.compile("/directory\\?q=an$"));
        assertThat(page.getByTitle("Signed in as sue")).isVisible();
        signOut(page).click();
        assertThat(page).hasURL(Pattern.compile("/sign-in$"));
        go(page, "/board");
        assertThat(page).hasURL(Pattern.compile("/sign-in\\?to=%2Fboard$"));
        assertThat((String) page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
                .doesNotContain("pk_");
    }

    @Test
    void it_leads_to_no_other_site() {
        Page page = open("/sign-in?to=//elsewhere.example/board");

        signIn(page, key("tom", "ANALYST"));

        assertThat(page.getByText("Signed in as tom")).isVisible();
        assertThat(page).hasURL(Pattern.compile("/sign-in\\?to=//elsewhere.example/board$"));
    }

    @Test
    void everybody_sees_the_pages_of_their_role() {
        Page page = open("/sign-in");
        Map<String, List<String>> pages = Map.of(
                "AGENT", List.of("Agent panel", "Directory"),
                "ANALYST", List.of("Directory", "Board", "Rules"),
                "SUPERVISOR", List.of("Agent panel", "Directory", "Board", "Rules"),
                "ADMIN", List.of("Agent panel", "Directory", "Board", "Rules", "Administration"));
        pages.forEach((role, titles) -> {
            signIn(page, key(role.toLowerCase(java.util.Locale.ROOT), role));

            assertThat(bar(page)).hasText(titles.toArray(String[]::new));
            assertThat(page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Where to?"))
                            .getByRole(AriaRole.LINK))
                    .hasText(titles.toArray(String[]::new));
            if (!role.equals("ADMIN")) {
                go(page, "/admin");
                assertThat(page.getByRole(AriaRole.ALERT)).hasText("This page is for ADMIN. You have " + role + ".");
                assertAccessible(page);
            }
            signOut(page).click();
            assertThat(page.getByLabel("Key of the API")).isVisible();
        });
    }

    @Test
    void a_page_whose_session_has_ended_keeps_what_is_in_it_and_lets_in_again() {
        Page page = open("/sign-in?to=/admin?section=queues");
        String revoked = key("una", "ADMIN");
        signIn(page, revoked);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New queue"))
                .click();
        Locator name = page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true));
        name.fill("Half a name");

        admin.delete("/v1/keys/" + revoked.substring(3, 15)).expect(204);

        Locator note = page.locator("signed-out").getByRole(AriaRole.ALERT).first();
        assertThat(note).containsText("You are signed out. What you have typed is still here.");
        assertThat(name).hasValue("Half a name");
        assertAccessible(page);
        note.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign in again"))
                .click();
        Locator form = page.locator("signed-out sign-in-form");
        assertThat(form).isVisible();
        signIn(page, revoked);
        assertThat(form.getByText("was revoked.")).isVisible();
        assertAccessible(page);
        signIn(page, key("una", "ADMIN"));
        assertThat(note).hasCount(0);
        assertThat(name).hasValue("Half a name");
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    private static Locator company(Page page) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with your company account"));
    }

    @Test
    void a_window_that_was_left_open_is_let_in_by_the_companys_issuer_in_another() {
        issuer.person(Map.of("sub", "vera", "roles", List.of("supervisor")));
        Page page = open("/board");
        company(page).click();
        assertThat(page.getByTitle("Signed in as vera")).isVisible();
        Page other = page.context().newPage();
        go(other, "/directory");
        signOut(other).click();

        Locator note = page.locator("signed-out").getByRole(AriaRole.ALERT).first();
        assertThat(note).containsText("You are signed out.");
        note.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign in again"))
                .click();
        Page beside = page.waitForPopup(() -> company(page).click());

        assertThat(beside.getByTitle("Signed in as vera")).isVisible();
        assertThat(note).hasCount(0);
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    @Test
    void the_companys_issuer_lets_in_and_one_without_a_role_sees_why_not() {
        issuer.person(Map.of("sub", "vera", "roles", List.of("supervisor")));
        Page page = open("/board");
        Locator company = company(page);

        company.click();

        assertThat(page).hasURL(Pattern.compile("/board$"));
        assertThat(page.getByTitle("Signed in as vera")).isVisible();
        signOut(page).click();
        issuer.person(Map.of("sub", "walt", "roles", List.of("reader")));
        company.click();
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Not signed in");
    }
}
