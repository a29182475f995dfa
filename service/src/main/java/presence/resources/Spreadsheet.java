package presence.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A table as comma-separated values, with a line of names above it. */
final class Spreadsheet {
    static final String MEDIA_TYPE = "text/csv";

    /** What makes a spreadsheet take a text for a formula, which may do anything on the reader's machine. */
    private static final String BEGINS_A_FORMULA = "=+-@\t\r";

    private static final CsvFactory CSV = new CsvFactory();

    private Spreadsheet() {}

    /**
     * The table as bytes.
     *
     * @param rows each as long as the names: texts and numbers
     */
    static byte[] bytes(List<String> names, List<List<Object>> rows) {
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
        names.forEach(name -> schema.addColumn(text(name)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (CsvGenerator csv = CSV.createGenerator(bytes)) {
            csv.setSchema(schema.build());
            if (rows.isEmpty()) {
                // The generator writes the names with the first row only.
                bytes.write(String.join(",", names).concat("\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            for (List<Object> row : rows) {
                csv.writeStartArray();
                for (Object value : row) {
                    write(csv, value);
                }
                csv.writeEndArray();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator csv, Object value) throws IOException {
        if (value instanceof Long number) {
            csv.writeNumber(number);
        } else {
            csv.writeString(text(value.toString()));
        }
    }

    private static String text(String text) {
        return !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
