package presence.rulebook;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import presence.engine.RuleFile;

/** The form in which files and reports are kept: gzipped JSON. */
final class RuleFilesForm {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RuleFilesForm() {}

    static byte[] bytes(List<RuleFile> files) {
        try {
            return zipped(JSON.writeValueAsBytes(files.stream()
                    .map(file -> new Kept(file.path(), file.text()))
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
    }

    static List<RuleFile> files(byte[] bytes) {
        try {
            return JSON.readValue(unzipped(bytes), new TypeReference<List<Kept>>() {}).stream()
                    .map(kept -> new RuleFile(kept.path(), kept.text()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The files of a release cannot be read: " + e.getMessage(), e);
        }
    }

    static byte[] bytes(String text) {
        try {
            return zipped(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
    }

    static String text(byte[] bytes) {
        try {
            return new String(unzipped(bytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The report of a release cannot be read: " + e.getMessage(), e);
        }
    }

    private record Kept(String path, String text) {}

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 2);
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static byte[] unzipped(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
