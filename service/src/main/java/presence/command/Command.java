package presence.command;

import java.time.Duration;
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
}
