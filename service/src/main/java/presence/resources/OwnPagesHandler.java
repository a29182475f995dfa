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
 * Stands where there are no locks: who looks at some other site on this machine is not to have it change things here. What
 * comes from programs goes through.
 */
public final class OwnPagesHandler extends Handler.Wrapper {
    private static final Decision.Refused REFUSED = new Decision.Refused(
            NOT_SAME_ORIGIN, "Another site's page asked for this in a browser on this machine.", 0, Set.of(), false);

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (HttpMethod.GET.is(request.getMethod())
                || HttpMethod.HEAD.is(request.getMethod())
                || Browsers.site(request) != Site.OTHER) {
            return super.handle(request, response, callback);
        }
        DoorHandler.refuse(REFUSED, request, response, callback);
        return true;
    }
}
