package presence.resources;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import presence.api.VocabularyDocument;

/** The words that rules are written in: the same as long as the program is. */
@Path("/v1/rules/vocabulary")
@Produces(MediaType.APPLICATION_JSON)
public final class VocabularyResource {

    @GET
    public Response get() {
        return Answer.ok(VocabularyDocument::write);
    }
}
