package presence.resources;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Reports from the history. */
@Path("/v1/reports")
@Produces({MediaType.APPLICATION_JSON, Spreadsheet.MEDIA_TYPE})
public final class ReportResource {
    private final Past past;

    public ReportResource(Past past) {
        this.past = past;
    }

    @GET
    @Path("time-in-state")
    public Response timeInState(@Context UriInfo uri) {
        return past.timeInState(
                new QueryParameters(uri, "from", "to", "by", "every", "queue", "format", "limit", "cursor"));
    }
}
