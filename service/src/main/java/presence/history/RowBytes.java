package presence.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.command.Cause;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.Reason;
import presence.facts.Status;
import presence.history.ConversationRow.Change;
import presence.state.Offer;

/** Rows one after the other as bytes, as they wait to be filed. */
final class RowBytes implements Rows.Sheet {
    /** Before everything else, so that another form can be told from this one. */
    private static final byte FORM = 1;

    private enum Kind {
        STATE,
        QUEUES,
        CAPABILITIES,
        CONVERSATION,
        OFFER
    }

    private static final List<Kind> KINDS = List.of(Kind.values());

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 << 10);
    private final DataOutputStream out = new DataOutputStream(bytes);

    RowBytes() {
        write(() -> out.writeByte(FORM));
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
    }

    private void text(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
        }
    }

    private void texts(Collection<?> values) throws IOException {
        out.writeInt(values.size());
        for (Object value : values) {
            text(value);
        }
    }

    private void number(@Nullable Long value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeLong(value);
        }
    }

    private void head(Kind kind, String agent, long at, long number) throws IOException {
        out.writeByte(KINDS.indexOf(kind));
        text(agent);
        out.writeLong(at);
        out.writeLong(number);
    }

    @Override
    public void state(StateRow row) {
        write(() -> {
            head(Kind.STATE, row.agent(), row.at(), row.number());
            text(row.status());
            texts(row.reasons());
            out.writeLong(row.since());
            out.writeBoolean(row.signedIn());
            out.writeBoolean(row.ready());
            text(row.notReadyReason());
            out.writeBoolean(row.connected());
            text(row.profile());
            out.writeLong(row.profileSince());
            number(row.expiresAt());
            text(row.cause());
            text(row.by());
        });
    }

    @Override
    public void queues(String agent, long at, long number, Collection<String> queues) {
        write(() -> {
            head(Kind.QUEUES, agent, at, number);
            texts(queues);
        });
    }

    @Override
    public void capabilities(String agent, long at, long number, Collection<Capability> capabilities) {
        write(() -> {
            head(Kind.CAPABILITIES, agent, at, number);
            texts(capabilities);
        });
    }

    @Override
    public void conversation(ConversationRow row) {
        write(() -> {
            head(Kind.CONVERSATION, row.agent(), row.at(), row.number());
            text(row.conversation());
            text(row.change());
            text(row.channel());
            text(row.queue());
            out.writeBoolean(row.direct());
            out.writeLong(row.startedAt());
            number(row.wrapUpSince());
        });
    }

    @Override
    public void offer(Offer offer, long number) {
        write(() -> {
            head(Kind.OFFER, offer.agent(), offer.closedAt(), number);
            text(offer.id());
            text(offer.conversation());
            text(offer.channel());
            text(offer.queue());
            text(offer.state());
            out.writeLong(offer.madeAt());
            out.writeLong(offer.expiresAt());
        });
    }

    /**
     * Gives the rows in their order.
     *
     * @throws IllegalStateException if the bytes are in another form than this program's
     */
    static void read(byte[] bytes, Rows.Sheet sheet) {
        Reader reader = new Reader(new DataInputStream(new ByteArrayInputStream(bytes)));
        try {
            reader.read(sheet);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("Rows that wait to be filed are not in the form of this program", e);
        }
    }

    private record Reader(DataInputStream in) {
        void read(Rows.Sheet sheet) throws IOException {
            if (in.readByte() != FORM) {
                throw new IllegalArgumentException("The form is not " + FORM + ".");
            }
            while (in.available() > 0) {
                row(sheet);
            }
        }

        private void row(Rows.Sheet sheet) throws IOException {
            Kind kind = KINDS.get(in.readByte());
            String agent = needed();
            long at = in.readLong();
            long number = in.readLong();
            switch (kind) {
                case STATE -> sheet.state(state(agent, at, number));
                case QUEUES -> sheet.queues(agent, at, number, texts());
                case CAPABILITIES ->
                    sheet.capabilities(
                            agent,
                            at,
                            number,
                            texts().stream().map(Capability::valueOf).toList());
                case CONVERSATION -> sheet.conversation(conversation(agent, at, number));
                case OFFER -> sheet.offer(offer(agent, at), number);
            }
        }

        private StateRow state(String agent, long at, long number) throws IOException {
            String status = text();
            List<Reason> reasons = texts().stream().map(Reason::valueOf).toList();
            long since = in.readLong();
            boolean signedIn = in.readBoolean();
            boolean ready = in.readBoolean();
            String notReadyReason = text();
            boolean connected = in.readBoolean();
            String profile = text();
            long profileSince = in.readLong();
            Long expiresAt = number();
            String cause = text();
            return new StateRow(
                    agent,
                    at,
                    number,
                    status == null ? null : Status.valueOf(status),
                    reasons,
                    since,
                    signedIn,
                    ready,
                    notReadyReason,
                    connected,
                    profile,
                    profileSince,
                    expiresAt,
                    cause == null ? null : Cause.valueOf(cause),
                    text());
        }

        private ConversationRow conversation(String agent, long at, long number) throws IOException {
            return new ConversationRow(
                    agent,
                    at,
                    number,
                    needed(),
                    Change.valueOf(needed()),
                    Channel.valueOf(needed()),
                    text(),
                    in.readBoolean(),
                    in.readLong(),
                    number());
        }

        private Offer offer(String agent, long closedAt) throws IOException {
            String id = needed();
            String conversation = needed();
            Channel channel = Channel.valueOf(needed());
            String queue = text();
            Offer.State state = Offer.State.valueOf(needed());
            return new Offer(
                    id, conversation, channel, queue, agent, state, in.readLong(), in.readLong(), closedAt, null);
        }

        private String needed() throws IOException {
            String text = text();
            if (text == null) {
                throw new IllegalArgumentException("A text is missing.");
            }
            return text;
        }

        private @Nullable String text() throws IOException {
            int length = in.readInt();
            if (length < 0) {
                return null;
            }
            byte[] text = in.readNBytes(length);
            return new String(text, StandardCharsets.UTF_8);
        }

        private List<String> texts() throws IOException {
            String[] texts = new String[in.readInt()];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = needed();
            }
            return new ArrayList<>(Arrays.asList(texts));
        }

        private @Nullable Long number() throws IOException {
            return in.readBoolean() ? (Long) in.readLong() : null;
        }
    }
}
