package presence.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import presence.api.Instants;
import presence.board.Attention;
import presence.board.Need;
import presence.board.Picture;
import presence.board.Tally;
import presence.command.QueueDefinition;
import presence.facts.Channel;
import presence.facts.QueueStaffing;
import presence.facts.Status;
import presence.index.PresenceIndex;
import presence.index.Ranking;

/** Writes a summary of the contact centre. Staffing is that of now, counts are the picture's. */
final class SummaryAnswer {
    private final JsonGenerator json;
    private final Presence presence;

    SummaryAnswer(JsonGenerator json, Presence presence) {
        this.json = json;
        this.presence = presence;
    }

    /** @param queues one more than fit on the page, if there are as many */
    void write(Picture picture, List<QueueDefinition> queues, int limit) throws IOException {
        PresenceIndex index = presence.index();
        json.writeStartObject();
        json.writeNumberField("agents", picture.all().agents());
        tally(picture.all());
        counts("reasons", picture.all().reasons());
        counts("profiles", picture.all().profiles());
        counts("attention", attention(picture));
        json.writeArrayFieldStart("queues");
        for (QueueDefinition queue : queues.subList(0, Math.min(limit, queues.size()))) {
            Tally tally = picture.queue(queue.id());
            json.writeStartObject();
            json.writeStringField("queue", queue.id());
            json.writeStringField("name", queue.name());
            json.writeNumberField("members", tally.agents());
            tally(tally);
            staffing(index, queue.id());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (queues.size() > limit) {
            json.writeStringField(
                    "nextCursor", Directory.cursor(queues.get(limit - 1).id()));
        }
        json.writeStringField("rulesRelease", presence.rulesRelease());
        json.writeStringField("at", Instants.text(picture.at()));
        json.writeEndObject();
    }

    private static Map<Need.Kind, Integer> attention(Picture picture) {
        Map<Need.Kind, Integer> agents = new EnumMap<>(Need.Kind.class);
        for (Attention attention : picture.attention()) {
            attention.needs().stream().map(Need::kind).distinct().forEach(kind -> agents.merge(kind, 1, Integer::sum));
        }
        return agents;
    }

    private void tally(Tally tally) throws IOException {
        json.writeObjectFieldStart("statuses");
        for (Status status : Status.values()) {
            json.writeNumberField(status.name(), tally.in(status));
        }
        json.writeEndObject();
        json.writeNumberField("ready", tally.ready());
        json.writeNumberField("notReady", tally.notReady());
        json.writeNumberField("disconnected", tally.disconnected());
        json.writeNumberField("offers", tally.offers());
        json.writeObjectFieldStart("conversations");
        for (Tally.Stage stage : Tally.Stage.values()) {
            json.writeNumberField(stage.name(), tally.conversations(stage));
        }
        json.writeEndObject();
        counts("work", tally.work());
    }

    private void counts(String field, Map<?, Integer> counts) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<?, Integer> count : counts.entrySet()) {
            json.writeNumberField(count.getKey().toString(), count.getValue());
        }
        json.writeEndObject();
    }

    private void staffing(PresenceIndex index, String queue) throws IOException {
        json.writeArrayFieldStart("channels");
        for (Channel channel : Channel.values()) {
            Ranking answer = index.eligible(queue, channel.capability());
            QueueStaffing staffing = index.staffing(queue, channel.capability());
            if (answer != null && staffing != null && index.catalogue().policy().handles(channel)) {
                json.writeStartObject();
                json.writeStringField("channel", channel.name());
                json.writeNumberField("eligible", answer.size());
                json.writeNumberField("inReserve", staffing.reserve());
                json.writeBooleanField("overflow", staffing.eligible() == 0 && !answer.isEmpty());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
