package presence.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C over all that a row says, so that a row put in another's place is found as well as a changed byte. */
final class Checksum {

    private Checksum() {}

    static long of(long first, long second, int third, byte[] body) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(Long.BYTES * 2 + Integer.BYTES)
                .putLong(first)
                .putLong(second)
                .putInt(third)
                .flip());
        checksum.update(body);
        return checksum.getValue();
    }
}
