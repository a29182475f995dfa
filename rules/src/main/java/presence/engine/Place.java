package presence.engine;

/**
 * Where something stands in a file. Lines and columns count from 1; 0 is not known. A column counts the signs of a line as
 * Java and most editors do (UTF-16 units), a tab as one.
 *
 * @param line the line
 * @param column the column of its first sign
 * @param endLine the line of its last sign; 0 where only the beginning is known
 * @param endColumn the column behind its last sign; 0 where only the beginning is known
 */
public record Place(int line, int column, int endLine, int endColumn) {
    /** Somewhere in the file, or nowhere in particular. */
    public static final Place UNKNOWN = new Place(0, 0, 0, 0);

    /** Somewhere in a line; not known for a line below 1. */
    public static Place line(int line) {
        return line < 1 ? UNKNOWN : new Place(line, 0, 0, 0);
    }

    /** So many signs of one line. */
    public static Place of(int line, int column, int length) {
        return new Place(line, column, line, column + length);
    }

    /** From the beginning of this place to the end of another. */
    public Place to(Place last) {
        return new Place(line, column, last.endLine, last.endColumn);
    }

    /** Whether it is known where it ends, so that it can be underlined. */
    public boolean hasEnd() {
        return endLine > 0;
    }

    /** {@code :line:column}, as much of it as is known: what follows a file's name so that editors can jump there. */
    @Override
    public String toString() {
        if (line == 0) {
            return "";
        }
        return column == 0 ? ":" + line : ":" + line + ":" + column;
    }
}
