package presence.api;

import java.util.List;
import java.util.stream.Collectors;
import presence.command.ErrorCode;

/** Input that cannot be read as what it should be. Nothing has changed because of it. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<Fault> faults;

    /**
     * What is wrong with one place of a document.
     *
     * @param pointer the place, as a JSON pointer; empty for the whole document
     * @param code what kind of fault it is
     * @param detail what was found and what was expected
     */
    public record Fault(String pointer, ErrorCode code, String detail) {}

    public BadInput(List<Fault> faults) {
        super(
                faults.stream()
                        .map(fault -> (fault.pointer().isEmpty() ? "" : fault.pointer() + ": ") + fault.detail())
                        .collect(Collectors.joining(" ")),
                null,
                false,
                false);
        this.code = faults.get(0).code();
        this.faults = List.copyOf(faults);
    }

    public BadInput(ErrorCode code, String detail) {
        this(List.of(new Fault("", code, detail)));
    }

    /** The kind of the first fault. */
    public ErrorCode code() {
        return code;
    }

    /** Every fault found, in the order of the document. */
    public List<Fault> faults() {
        return faults;
    }
}
