package dev.holdfast.store.state.db;

import dev.holdfast.store.state.fault.StateFault;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Compresses large values before they are sealed, since they do not shrink any more after that. A
 * packed value is 0 and the value as it is, or 1, its length (4) and an LZ4 block. In plain Java:
 * native code would be one more library to unpack into a directory.
 */
final class Packing {
  private static final byte AS_IS = 0;
  private static final byte LZ4 = 1;
  private static final int BLOCK_AT = 1 + Integer.BYTES;
  private static final int WORTH_BYTES_MIN = 128;
  private static final int VALUE_BYTES_MAX = 64 << 20;

  private static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor();
  private static final LZ4SafeDecompressor DECOMPRESSOR =
      LZ4Factory.safeInstance().safeDecompressor();

  private Packing() {}

  static byte[] pack(byte[] value) {
    if (value.length >= WORTH_BYTES_MIN) {
      byte[] packed = new byte[BLOCK_AT + COMPRESSOR.maxCompressedLength(value.length)];
      int block = COMPRESSOR.compress(value, 0, value.length, packed, BLOCK_AT);
      if (block < value.length - Integer.BYTES) {
        ByteBuffer.wrap(packed).put(LZ4).putInt(value.length);
        return Arrays.copyOf(packed, BLOCK_AT + block);
      }
    }
    return ByteBuffer.allocate(1 + value.length).put(AS_IS).put(value).array();
  }

  static byte[] unpack(byte[] packed) {
    if (packed.length > 0 && packed[0] == AS_IS) {
      return Arrays.copyOfRange(packed, 1, packed.length);
    }
    if (packed.length < BLOCK_AT || packed[0] != LZ4) {
      throw new StateFault("a value is packed in a way that this build does not know");
    }
    int length = ByteBuffer.wrap(packed).getInt(1);
    if (length < 0 || length > VALUE_BYTES_MAX) {
      throw new StateFault("a packed value says that it has " + length + " bytes");
    }
    byte[] value = new byte[length];
    try {
      int found = DECOMPRESSOR.decompress(packed, BLOCK_AT, packed.length - BLOCK_AT, value, 0);
      if (found != length) {
        throw new StateFault("a packed value has %d bytes, not %d".formatted(found, length));
      }
      return value;
    } catch (LZ4Exception e) {
      throw new StateFault("a packed value is damaged", e);
    }
  }
}
