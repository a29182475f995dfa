package presence.page;

import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Something that is served as it is, from memory. Any thread. */
final class Asset {
    private static final int YEAR_SECONDS = 31_536_000;

    private final byte[] bytes;
    private final MediaType type;
    private final EntityTag tag;

    Asset(byte[] bytes, String type) {
        this.bytes = bytes;
        this.type = MediaType.valueOf(type);
        this.tag = new EntityTag(hash(bytes));
    }

    /** One that lies on the class path. */
    static Asset of(String resource, String type) {
        return new Asset(read(resource), type);
    }

    static byte[] read(String resource) {
        try (InputStream stream = Asset.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("The program has no " + resource + " in it; expected it in its jar.");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** The asset, or that the caller has it already. It is asked for each time: another version may be running. */
    Response answer(Request request) {
        CacheControl always = new CacheControl();
        always.setNoCache(true);
        return answer(request, always);
    }

    /** The same of one whose name says what is in it: who has it need not ask for a year. */
    Response answerForGood(Request request) {
        CacheControl never = new CacheControl();
        never.setMaxAge(YEAR_SECONDS);
        never.getCacheExtension().put("immutable", "");
        return answer(request, never);
    }

    private Response answer(Request request, CacheControl caching) {
        Response.ResponseBuilder known = request.evaluatePreconditions(tag);
        return (known != null ? known : Response.ok(bytes, type))
                .tag(tag)
                .cacheControl(caching)
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
