package presence.page;

import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.TLS_NEEDED;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.StringUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.command.ErrorCode;
import presence.door.Forbidden;
import presence.oidc.CodeFlow;
import presence.oidc.CodeFlow.Arrived;
import presence.oidc.CodeFlow.Return;
import presence.oidc.Journey;
import presence.records.RecordsException;
import presence.resources.Browsers;

/** Where browsers set out to the issuer of tokens, and where they come back. Whoever is not let in gets a page that says why. */
@Path("/")
public final class SignInPages {
    private static final Logger LOG = LoggerFactory.getLogger(SignInPages.class);

    private final CodeFlow flow;
    private final String page;

    public SignInPages(CodeFlow flow) {
        this.flow = flow;
        this.page = new String(Asset.read("/presence/page/sign-in.html"), StandardCharsets.UTF_8);
    }

    @GET
    @Path("sign-in/oidc")
    public Response setOut(@QueryParam("to") @Nullable String to, @Context HttpServletRequest request) {
        String wanted = to == null ? "/" : to;
        if (!Journey.leadsHere(wanted)) {
            return said(INVALID_VALUE, "The address has a 'to' that leads elsewhere; expected a path such as /board.");
        } else if (!Browsers.isConfidential(request.isSecure(), request.getServerName())) {
            return said(
                    TLS_NEEDED, "Over http from another machine a session can be read on its way. Maybe use https.");
        }
        try {
            Journey journey = flow.setOut(wanted, String.valueOf(request.getRemoteAddr()));
            return sentTo(flow.askedAt(journey), Browsers.settingOut(journey.cookie(), request.isSecure()));
        } catch (Forbidden e) {
            return said(e.code(), String.valueOf(e.getMessage()));
        }
    }

    @GET
    @Path("sign-in/callback")
    public Response arrive(
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("error") @Nullable String error,
            @QueryParam("iss") @Nullable String issuer,
            @Context HttpHeaders headers,
            @Context HttpServletRequest request) {
        Cookie cookie = headers.getCookies().get(Browsers.journeyCookie(request.isSecure()));
        String address = String.valueOf(request.getRemoteAddr());
        try {
            Arrived arrived = flow.arrive(
                    new Return(cookie == null ? null : cookie.getValue(), state, code, error, issuer, address));
            return sentTo(
                    URI.create(arrived.to()),
                    Browsers.signedIn(arrived.session().token(), request.isSecure()),
                    Browsers.journeyEnded(request.isSecure()));
        } catch (Forbidden e) {
            return said(e.code(), String.valueOf(e.getMessage()));
        } catch (RecordsException e) {
            LOG.warn("Somebody could not sign in: {}", e.getMessage());
            return said(ErrorCode.RECORDS_UNAVAILABLE, "Nobody can sign in now: sessions cannot be kept.");
        }
    }

    /** The address as it is: one that is relative stays so, whatever proxy is in between. */
    private static Response sentTo(URI to, String... cookies) {
        Response.ResponseBuilder answer =
                Response.status(Response.Status.FOUND).header(HttpHeaders.LOCATION, to.toString());
        for (String cookie : cookies) {
            answer.header(HttpHeaders.SET_COOKIE, cookie);
        }
        return answer.build();
    }

    private Response said(ErrorCode code, String why) {
        String html = page.replace("{{code}}", code.name()).replace("{{why}}", StringUtil.sanitizeXmlString(why));
        return Response.status(code.status())
                .type(PageResource.HTML)
                .entity(html.getBytes(StandardCharsets.UTF_8))
                .header("Content-Security-Policy", PageResource.CONTENT_SECURITY_POLICY)
                .build();
    }
}
