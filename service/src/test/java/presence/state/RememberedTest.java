package presence.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import presence.facts.Channel;

/** What is over is remembered for a while, and only so much of it: a flood of offers or conversations must not fill the heap. */
class RememberedTest {
    private static Offer closed(int number) {
        return new Offer(
                "offer-" + number,
                "call-" + number,
                Channel.PHONE,
                "sales",
                "anna",
                Offer.State.WITHDRAWN,
                number,
                number + 60_000L,
                number,
                null);
    }

    private static Conversation handled(int number) {
        return new Conversation(
                "call-" + number,
                "anna",
                Channel.PHONE,
                "sales",
                false,
                Conversation.State.HANDLED,
                false,
                false,
                number,
                number,
                number,
                null,
                null);
    }

    @Test
    void the_offer_closed_first_is_forgotten_when_there_are_too_many() {
        List<Offer> most = IntStream.range(0, ContactCentre.MOST_CLOSED_OFFERS)
                .mapToObj(RememberedTest::closed)
                .toList();
        Offers offers = new Offers(most.size(), most);
        assertThat(offers.find("offer-0")).isNotNull();

        offers.keep(closed(ContactCentre.MOST_CLOSED_OFFERS));

        assertThat(offers.find("offer-0")).isNull();
        assertThat(offers.find("offer-1")).isNotNull();
        assertThat(offers.all()).hasSize(ContactCentre.MOST_CLOSED_OFFERS);
    }

    @Test
    void the_conversation_handled_first_is_forgotten_when_there_are_too_many() {
        Conversations conversations = new Conversations();
        for (int i = 0; i < ContactCentre.MOST_HANDLED; i++) {
            conversations.keep(handled(i));
        }
        assertThat(conversations.find("call-0")).isNotNull();

        conversations.keep(handled(ContactCentre.MOST_HANDLED));

        assertThat(conversations.find("call-0")).isNull();
        assertThat(conversations.find("call-1")).isNotNull();
        assertThat(conversations.all()).hasSize(ContactCentre.MOST_HANDLED);
    }
}
