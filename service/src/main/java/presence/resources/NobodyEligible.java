package presence.resources;

import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.command.ErrorCode;
import presence.command.OfferMode;
import presence.command.Outcome;
import presence.facts.Capability;
import presence.facts.Reason;
import presence.index.PresenceIndex;
import presence.state.AgentState;

/**
 * Says why nobody could be offered a conversation: of the queue's members, or of the agent required, how many each reason
 * keeps out. They are counted from the index as it is now, a moment after the offer was refused, since to count a large
 * queue would hold up the loop.
 */
final class NobodyEligible {
    private NobodyEligible() {}

    static Response problem(Outcome refused, Command.MakeOffer offer, PresenceIndex index) {
        String detail = String.valueOf(refused.detail());
        ErrorCode code = ErrorCode.NOBODY_ELIGIBLE;
        Map<Reason, Integer> counts = counts(offer, index);
        return Response.status(code.status())
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.bytes(code.status(), code, detail, List.of(), json -> {
                    json.writeObjectFieldStart("reasons");
                    for (Map.Entry<Reason, Integer> count : counts.entrySet()) {
                        json.writeNumberField(count.getKey().name(), count.getValue());
                    }
                    json.writeEndObject();
                }))
                .build();
    }

    private static Map<Reason, Integer> counts(Command.MakeOffer offer, PresenceIndex index) {
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        Capability capability = offer.channel().capability();
        String named = offer.agent();
        Collection<String> members = offer.queue() == null ? List.of() : index.members(offer.queue());
        if (named == null || offer.mode() == OfferMode.PREFERRED) {
            for (String member : members) {
                count(index.agent(member), capability, counts);
            }
        } else {
            count(index.agent(named), capability, counts);
        }
        if (named != null && offer.queue() != null && !members.contains(named)) {
            counts.merge(Reason.NOT_IN_QUEUE, 1, Integer::sum);
        }
        return counts;
    }

    private static void count(@Nullable AgentState agent, Capability capability, Map<Reason, Integer> counts) {
        if (agent != null) {
            for (Reason reason : agent.verdict().exclusions(capability)) {
                counts.merge(reason, 1, Integer::sum);
            }
        }
    }
}
