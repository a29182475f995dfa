package presence.command;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.facts.Channel;

/**
 * Something that is to change what the engine knows. A command has been read and is well-formed; whether it can be
 * applied depends on the state it meets.
 */
public sealed interface Command {

    /** The command's name on the wire. */
    CommandType type();

    /** A command about one agent. */
    sealed interface AboutAgent extends Command {
        /** The agent's id. */
        String agent();
    }

    /** A command about one conversation that the engine has been told of before. */
    sealed interface AboutConversation extends Command {
        /** The conversation's id. */
        String conversation();
    }

    /** Changes the policy; what is left out keeps its value. */
    record PutPolicy(PolicyChange change) implements Command {
        @Override
        public CommandType type() {
            return CommandType.PUT_POLICY;
        }
    }

    record PutProfile(ProfileDefinition definition) implements Command {
        @Override
        public CommandType type() {
            return CommandType.PUT_PROFILE;
        }
    }

    record DeleteProfile(String profile) implements Command {
        @Override
        public CommandType type() {
            return CommandType.DELETE_PROFILE;
        }
    }

    record PutQueue(QueueDefinition definition) implements Command {
        @Override
        public CommandType type() {
            return CommandType.PUT_QUEUE;
        }
    }

    record DeleteQueue(String queue) implements Command {
        @Override
        public CommandType type() {
            return CommandType.DELETE_QUEUE;
        }
    }

    record PutQueueGroup(QueueGroupDefinition definition) implements Command {
        @Override
        public CommandType type() {
            return CommandType.PUT_QUEUE_GROUP;
        }
    }

    record DeleteQueueGroup(String queueGroup) implements Command {
        @Override
        public CommandType type() {
            return CommandType.DELETE_QUEUE_GROUP;
        }
    }

    record PutAgent(AgentDefinition definition) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.PUT_AGENT;
        }

        @Override
        public String agent() {
            return definition.id();
        }
    }

    record DeleteAgent(String agent) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.DELETE_AGENT;
        }
    }

    record SignIn(String agent) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.SIGN_IN;
        }
    }

    record SignOut(String agent) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.SIGN_OUT;
        }
    }

    record Ready(String agent, @Nullable String reason) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.READY;
        }
    }

    record NotReady(String agent, @Nullable String reason) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.NOT_READY;
        }
    }

    /** Selects a profile; a duration replaces the profile's own. */
    record SelectProfile(
            String agent, String profile, @Nullable Duration duration) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.SELECT_PROFILE;
        }
    }

    record AddCapability(String agent, Capability capability) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.ADD_CAPABILITY;
        }
    }

    record RemoveCapability(String agent, Capability capability) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.REMOVE_CAPABILITY;
        }
    }

    record JoinQueue(String agent, String queue) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.JOIN_QUEUE;
        }
    }

    record LeaveQueue(String agent, String queue) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.LEAVE_QUEUE;
        }
    }

    record Connect(String agent) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.CONNECT;
        }
    }

    record Disconnect(String agent) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.DISCONNECT;
        }
    }

    /** A conversation has started with an agent, or has moved to this agent. */
    record StartConversation(
            String conversation,
            String agent,
            Channel channel,
            @Nullable String queue,
            boolean direct) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.START_CONVERSATION;
        }
    }

    /** The customer has gone: wrap-up begins, where there is one. */
    record EndConversation(String conversation) implements AboutConversation {
        @Override
        public CommandType type() {
            return CommandType.END_CONVERSATION;
        }
    }

    /** The agent is done with the conversation. */
    record HandleConversation(String conversation) implements AboutConversation {
        @Override
        public CommandType type() {
            return CommandType.HANDLE_CONVERSATION;
        }
    }

    /** Word of a conversation moves it from the agent who has it to another, if the rules allow it. */
    record TransferConversation(String conversation, String to, boolean force) implements AboutConversation {
        @Override
        public CommandType type() {
            return CommandType.TRANSFER_CONVERSATION;
        }
    }

    /** The agent's desktop is there. */
    record Heartbeat(String agent) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.HEARTBEAT;
        }
    }

    /**
     * Offers a conversation to the first who is eligible.
     *
     * @param queue whose members may be offered it; null if only the agent may
     * @param agent who is asked first; null for nobody in particular
     * @param mode whether it may go to somebody else than that agent
     * @param ttl how long it can be answered; null for what the policy says
     * @param exclude agents who are not offered it
     */
    record MakeOffer(
            String conversation,
            Channel channel,
            @Nullable String queue,
            @Nullable String agent,
            OfferMode mode,
            @Nullable Duration ttl,
            List<String> exclude)
            implements Command {
        @Override
        public CommandType type() {
            return CommandType.MAKE_OFFER;
        }
    }

    /** A command about one offer. */
    sealed interface AboutOffer extends Command {
        /** The offer's id. */
        String offer();
    }

    /**
     * The agent takes what is offered.
     *
     * @param agent who says so; null if that is not told. Only the agent it was made to can
     */
    record AcceptOffer(String offer, @Nullable String agent) implements AboutOffer {
        @Override
        public CommandType type() {
            return CommandType.ACCEPT_OFFER;
        }
    }

    /**
     * The agent does not take what is offered.
     *
     * @param agent who says so; null if that is not told. Only the agent it was made to can
     */
    record RejectOffer(String offer, @Nullable String agent) implements AboutOffer {
        @Override
        public CommandType type() {
            return CommandType.REJECT_OFFER;
        }
    }

    /** Whoever made the offer takes it back. */
    record WithdrawOffer(String offer) implements AboutOffer {
        @Override
        public CommandType type() {
            return CommandType.WITHDRAW_OFFER;
        }
    }

    /** From now on this release of the rules concludes. What was concluded stands until it is concluded again. */
    record ActivateRules(RulesRelease release) implements Command {
        @Override
        public CommandType type() {
            return CommandType.ACTIVATE_RULES;
        }
    }

    /** Nothing was reported of the agent, but other rules conclude now. */
    record DecideAgain(String agent) implements AboutAgent {
        @Override
        public CommandType type() {
            return CommandType.DECIDE_AGAIN;
        }
    }
}
