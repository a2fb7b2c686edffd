package dev.holdfast.store.raft;

import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.SealException;
import dev.holdfast.common.crypt.ValueCipher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The form of a Raft log's entries on the disk: as JRaft encodes them, or sealed, behind a mark
 * that none of its encodings begins with. Entries from before encryption was switched on are read
 * as they are, until the log is cut behind them.
 */
final class EntrySeal {
  private static final byte[] MARK = {'H', 'F', 'E', '1'};
  private static final byte[] TABLE = ValueCipher.table("raft");

  private final @Nullable DatabaseKeys keys;

  /**
   * @param keys of this log; null when nothing is sealed
   */
  EntrySeal(@Nullable DatabaseKeys keys) {
    this.keys = keys;
  }

  byte[] seal(long index, byte[] entry) {
    if (keys == null) {
      return entry;
    }
    byte[] sealed = keys.cipher().seal(TABLE, row(index), entry);
    return ByteBuffer.allocate(MARK.length + sealed.length).put(MARK).put(sealed).array();
  }

  /**
   * The entry of an index.
   *
   * @throws IOException when it is not what was stored there, or there is no key for it
   */
  byte[] open(long index, byte[] stored) throws IOException {
    if (!isSealed(stored)) {
      return stored;
    }
    if (keys == null) {
      throw new IOException("entry " + index + " is encrypted, and encryption is off");
    }
    try {
      byte[] sealed = Arrays.copyOfRange(stored, MARK.length, stored.length);
      return keys.cipher().open(TABLE, row(index), sealed);
    } catch (SealException e) {
      throw new IOException("entry " + index + " cannot be decrypted: " + e.getMessage(), e);
    }
  }

  /** To be called when nothing is stored any more. */
  void close() {
    if (keys != null) {
      keys.close();
    }
  }

  private static boolean isSealed(byte[] stored) {
    return stored.length > MARK.length
        && Arrays.equals(stored, 0, MARK.length, MARK, 0, MARK.length);
  }

  private static byte[] row(long index) {
    return ByteBuffer.allocate(Long.BYTES).putLong(index).array();
  }
}
