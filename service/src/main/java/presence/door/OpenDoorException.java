package presence.door;

import java.util.List;

/** The service would let in everybody, and so does not start. */
public final class OpenDoorException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /** @param faults a line for each setting that would let everybody in */
    public OpenDoorException(List<String> faults) {
        super(String.join(" ", faults));
        this.faults = List.copyOf(faults);
    }

    /** A line for each setting. */
    public List<String> faults() {
        return faults;
    }
}
