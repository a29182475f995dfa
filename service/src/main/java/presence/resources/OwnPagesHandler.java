package presence.resources;

import static presence.command.ErrorCode.NOT_SAME_ORIGIN;

import java.util.Set;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import presence.door.Door.Decision;
import presence.door.Passage.Site;

/**
 * Stands where there are no locks, and the service listens on this machine alone: who looks at some other site on this
 * machine is not to have it read or change things here. A site may have its own name lead here, so that browsers take its
 * pages for the service's; by that name nobody is answered. What comes from programs goes through.
 */
public final class OwnPagesHandler extends Handler.Wrapper {
    private static final Decision.Refused OTHER_SITE = refused("Another site's page asked for this in a browser here.");

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String name = String.valueOf(Request.getServerName(request));
        if (!Browsers.isThisMachine(name)) {
            DoorHandler.refuse(otherName(name), request, response, callback);
            return true;
        } else if (!onlyReads(request) && Browsers.site(request) == Site.OTHER) {
            DoorHandler.refuse(OTHER_SITE, request, response, callback);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private static boolean onlyReads(Request request) {
        return HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
    }

    private static Decision.Refused otherName(String name) {
        return refused(
                "Without locks this service answers on this machine alone, by the names localhost, 127.0.0.1 and [::1];"
                        + " it was asked for as '" + name + "'. Maybe use one of these, or set authentication.mode.");
    }

    private static Decision.Refused refused(String detail) {
        return new Decision.Refused(NOT_SAME_ORIGIN, detail, 0, Set.of(), false);
    }
}
