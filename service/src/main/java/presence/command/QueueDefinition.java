package presence.command;

/**
 * A queue, as administrators define one.
 *
 * @param id the queue's id
 * @param name what people call the queue
 * @param overflowToTentative whether Tentative members may take what nobody else can
 */
public record QueueDefinition(String id, String name, boolean overflowToTentative) {}
