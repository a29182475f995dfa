package presence.resources;

import static presence.command.ErrorCode.CHECK_FAILED;
import static presence.command.ErrorCode.INTERNAL;
import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.METHOD_NOT_ALLOWED;
import static presence.command.ErrorCode.NOT_ACCEPTABLE;
import static presence.command.ErrorCode.NOT_FOUND;
import static presence.command.ErrorCode.UNSUPPORTED_MEDIA_TYPE;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.api.BadInput;
import presence.api.PresenceDocument;
import presence.api.RulesReportDocument;
import presence.command.ErrorCode;
import presence.command.Outcome;
import presence.door.Forbidden;
import presence.facts.Reason;
import presence.loop.Unavailable;
import presence.rulebook.CheckFailed;

/**
 * Turns whatever ends a request early into a problem document. A fault of the service is logged and answered without its
 * particulars.
 */
@Provider
public final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof Refused refused) {
            return refused(refused.outcome());
        } else if (thrown instanceof Forbidden forbidden) {
            return DoorHandler.problem(
                    forbidden.code(), String.valueOf(forbidden.getMessage()), forbidden.retryAfterSeconds(), true);
        } else if (thrown instanceof BadInput bad) {
            return badInput(bad);
        } else if (thrown instanceof CheckFailed failed) {
            return Response.status(CHECK_FAILED.status())
                    .type(Problem.MEDIA_TYPE)
                    .entity(Problem.bytes(CHECK_FAILED.status(), CHECK_FAILED, failed.getMessage(), List.of(), json -> {
                        json.writeFieldName("report");
                        RulesReportDocument.write(json, failed.report());
                    }))
                    .build();
        } else if (thrown instanceof Unavailable unavailable) {
            return Problem.retryLater(
                    unavailable.code(), String.valueOf(unavailable.getMessage()), unavailable.retryAfterSeconds());
        } else if (thrown instanceof WebApplicationException web) {
            return http(web.getResponse());
        } else if (thrown instanceof EofException) {
            // The caller has gone: nobody reads the answer.
            return Problem.of(400, INVALID_VALUE, "The body ended early.", List.of());
        }
        if (thrown instanceof TimeoutException || thrown.getCause() instanceof TimeoutException) {
            return Problem.of(408, INVALID_VALUE, "The body did not arrive in time.", List.of());
        }
        LOG.error("A request met a fault of the service", thrown);
        return Problem.of(INTERNAL, "The request met a fault of the service, which has been logged.");
    }

    /** What a field of the body names and is not there makes the body wrong, not the address. */
    private static Response refused(Outcome outcome) {
        ErrorCode code = outcome.code() == null ? INTERNAL : outcome.code();
        String detail = String.valueOf(outcome.detail());
        String pointer = outcome.pointer();
        List<Reason> reasons = outcome.reasons();
        if (reasons != null) {
            return Response.status(code.status())
                    .type(Problem.MEDIA_TYPE)
                    .entity(Problem.bytes(
                            code.status(), code, detail, List.of(), json -> PresenceDocument.reasons(json, reasons)))
                    .build();
        }
        if (pointer == null) {
            return Problem.of(code, detail);
        }
        return Problem.of(
                code.status() == 404 ? 422 : code.status(), code, detail, List.of(new Problem.Error(pointer, detail)));
    }

    private static Response badInput(BadInput bad) {
        List<Problem.Error> errors = bad.faults().stream()
                .filter(fault -> !fault.pointer().isEmpty())
                .map(fault -> new Problem.Error(fault.pointer(), fault.detail()))
                .toList();
        return Problem.of(bad.code().status(), bad.code(), String.valueOf(bad.getMessage()), errors);
    }

    private static Response http(Response response) {
        return switch (response.getStatus()) {
            case 404 -> Problem.of(NOT_FOUND, "There is nothing at this address. Maybe look at /openapi.yaml.");
            case 405 ->
                Response.fromResponse(Problem.of(
                                METHOD_NOT_ALLOWED,
                                "This address answers " + String.join(", ", response.getAllowedMethods()) + "."))
                        .allow(response.getAllowedMethods())
                        .build();
            case 406 -> Problem.of(NOT_ACCEPTABLE, "The answer can be had as application/json only.");
            case 415 ->
                Problem.of(
                        UNSUPPORTED_MEDIA_TYPE,
                        "Expected the header Content-Type: application/json, or application/x-ndjson for /v1/commands.");
            default ->
                response.getStatus() < 500
                        ? Problem.of(
                                response.getStatus(), INVALID_VALUE, "The request cannot be understood.", List.of())
                        : Problem.of(INTERNAL, "The request met a fault of the service.");
        };
    }
}
