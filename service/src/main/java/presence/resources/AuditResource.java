package presence.resources;

import static presence.command.ErrorCode.RECORDS_UNAVAILABLE;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import presence.api.Instants;
import presence.loop.Unavailable;
import presence.records.AuditRecords;
import presence.records.AuditRecords.Row;
import presence.records.RecordsException;

/** Who did what, the newest first. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int LONGEST_NAME = 300;

    private final AuditRecords audit;

    /** @param audit is asked anew each time */
    public AuditResource(AuditRecords audit) {
        this.audit = audit;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri, "from", "to", "by", "limit", "cursor");
        int limit = query.whole("limit", USUAL, 1, MOST);
        long before = query.number("cursor", Long.MAX_VALUE);
        Long from = query.instant("from");
        Long to = query.instant("to");
        String by = query.text("by", LONGEST_NAME);
        try {
            List<Row> rows =
                    audit.page(from == null ? 0 : from, to == null ? Long.MAX_VALUE : to, by, before, limit + 1);
            return Answer.ok(json -> write(json, rows, limit));
        } catch (RecordsException e) {
            throw new Unavailable(RECORDS_UNAVAILABLE, "The audit log cannot be read now.", 5);
        }
    }

    private static void write(JsonGenerator json, List<Row> rows, int limit) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("deeds");
        for (Row row : rows.subList(0, Math.min(limit, rows.size()))) {
            json.writeStartObject();
            json.writeNumberField("number", row.number());
            json.writeStringField("at", Instants.text(row.atEpochMilli()));
            json.writeStringField("by", row.principal());
            json.writeStringField("roles", row.roles());
            json.writeStringField("action", row.action());
            json.writeStringField("subject", row.subject());
            json.writeStringField("outcome", row.outcome());
            json.writeStringField("address", row.address());
            json.writeNumberField("times", row.times());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (rows.size() > limit) {
            json.writeStringField(
                    "nextCursor", Long.toString(rows.get(limit - 1).number()));
        }
        json.writeEndObject();
    }
}
