package presence.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;
import presence.command.ErrorCode;

/** Input that cannot be read as what it should be. Nothing has changed because of it. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The most faults named of one document. */
    static final int MOST_FAULTS = 50;

    private final ErrorCode code;
    private final transient List<Fault> faults;

    /**
     * What is wrong with one place of a document.
     *
     * @param pointer the place, as a JSON pointer; empty for the whole document
     * @param code what kind of fault it is
     * @param detail what was found and what was expected
     */
    public record Fault(String pointer, ErrorCode code, String detail) {
        private static final int LONGEST_POINTER = 256;
        private static final int LONGEST_DETAIL = 1_000;

        public Fault {
            pointer = sendable(pointer, LONGEST_POINTER);
            detail = sendable(detail, LONGEST_DETAIL);
        }

        /** What came in may be long and may hold halves of characters, which cannot be written as UTF-8. */
        private static String sendable(String text, int longest) {
            String cut = text.length() <= longest ? text : text.substring(0, longest) + "…";
            return new String(cut.getBytes(UTF_8), UTF_8);
        }
    }

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

    /** Every fault found, but no more than {@value #MOST_FAULTS}. */
    public List<Fault> faults() {
        return faults;
    }
}
