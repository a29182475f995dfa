package presence.page;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** The first page, the pages for people, and the description of the API. Everything comes from the jar, and nothing from anywhere else. */
@Path("/")
public final class PageResource {
    static final String HTML = "text/html; charset=utf-8";
    static final String SCRIPT = "text/javascript; charset=utf-8";
    static final String STYLE = "text/css; charset=utf-8";
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/5.34.1/";

    /** Nothing but what this service serves itself; swagger-ui draws its icons from data addresses in its style. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");

    private final ApiDescription description = new ApiDescription();
    private final Pages pages = new Pages();
    private final Supplier<String> rulesRelease;
    private final String page;
    private final Map<String, Asset> assets = Map.of(
            "page.css", Asset.of("/presence/page/page.css", STYLE),
            "page.js", Asset.of("/presence/page/page.js", SCRIPT),
            "swagger-ui.css", Asset.of(SWAGGER_UI + "swagger-ui.css", STYLE),
            "swagger-ui-bundle.js", Asset.of(SWAGGER_UI + "swagger-ui-bundle.js", SCRIPT),
            "icon.svg", Asset.of("/presence/page/icon.svg", "image/svg+xml"));

    private volatile @Nullable ServerConnector operations;

    /** @param rulesRelease gives the name of the rules that conclude */
    public PageResource(Supplier<String> rulesRelease) {
        this.rulesRelease = rulesRelease;
        page = new String(Asset.read("/presence/page/index.html"), StandardCharsets.UTF_8);
    }

    /** Tells the page where operations look, once the server listens. */
    public void serverStarted(Server server) {
        for (Connector connector : server.getConnectors()) {
            if (connector instanceof ServerConnector there && "admin".equals(there.getName())) {
                operations = there;
            }
        }
    }

    @GET
    public Response index(@Context Request request, @Context UriInfo uri) {
        String html = page.replace("{{rulesRelease}}", rulesRelease.get()).replace("{{operations}}", operations(uri));
        return html(new Asset(html.getBytes(StandardCharsets.UTF_8), HTML), request);
    }

    private static Response html(Asset html, Request request) {
        return Response.fromResponse(html.answer(request))
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    /** A page for people. What it shows it asks the API for. */
    @GET
    @Path("{page: agent|directory|board|rules|admin|sign-in}")
    public Response page(@PathParam("page") String name, @Context Request request) {
        return html(known(pages.page(name)), request);
    }

    /** What a page loads. */
    @GET
    @Path("assets/{asset}")
    public Response loaded(@PathParam("asset") String name, @Context Request request) {
        return known(pages.asset(name)).answerForGood(request);
    }

    private static Asset known(@Nullable Asset asset) {
        if (asset == null) {
            throw new NotFoundException();
        }
        return asset;
    }

    @GET
    @Path("docs")
    public Response docs(@Context Request request, @Context UriInfo uri) {
        return index(request, uri);
    }

    @GET
    @Path("docs/{asset}")
    public Response asset(@PathParam("asset") String name, @Context Request request) {
        return known(assets.get(name)).answer(request);
    }

    @GET
    @Path("openapi.yaml")
    public Response yaml(@Context Request request) {
        return description.yaml().answer(request);
    }

    @GET
    @Path("openapi.json")
    public Response json(@Context Request request) {
        return description.json().answer(request);
    }

    /** Where health and metrics are, as far as this page's reader can know. */
    private String operations(UriInfo uri) {
        ServerConnector connector = operations;
        String asked = String.valueOf(uri.getBaseUri().getHost());
        String host = connector == null || connector.getHost() == null ? asked : connector.getHost();
        if (connector == null || !HOST.matcher(host).matches()) {
            return "/healthcheck and /prometheus on the port for operations";
        }
        String address = "http://" + host + ":" + connector.getLocalPort();
        return "<a href=\"" + address + "/healthcheck\">health</a> and <a href=\"" + address
                + "/prometheus\">metrics</a>, on the port for operations (" + host + ":" + connector.getLocalPort()
                + ")";
    }
}
