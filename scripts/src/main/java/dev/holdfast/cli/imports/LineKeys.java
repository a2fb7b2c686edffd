package dev.holdfast.cli.imports;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.holdfast.cli.imports.file.UnreadableFileException;
import dev.holdfast.cli.imports.ledger.Seen;
import dev.holdfast.common.domain.StockKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Derives the key of a line from its content and counts lines with the same content. So a line
 * keeps its key when other lines are added, corrected or removed, or when the file is sorted anew;
 * and equal lines stay separate.
 */
final class LineKeys {
  /** The largest number of lines in a file: as many keys as the nodes remember. */
  static final int LINES_MAX = 10_000_000;

  private static final int HASH_BYTES = 12;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final String prefix;
  private final Seen seen = new Seen(LINES_MAX);
  private final Map<Long, Integer> repeated = new HashMap<>();

  LineKeys(String prefix) {
    this.prefix = prefix;
  }

  /** The key of the next line of the file. */
  String next(MovementKind kind, StockKey item, long units, String reference) {
    byte[] hash = hash(kind, item, units, reference);
    int occurrence = occurrence(first8(hash));
    String key = prefix + TEXT.encodeToString(hash);
    return occurrence == 1 ? key : key + "." + occurrence;
  }

  private int occurrence(long content) {
    if (seen.count() == LINES_MAX) {
      throw new UnreadableFileException(
          "the file has more than " + LINES_MAX + " lines: divide it, and import the parts");
    }
    return seen.add(content) ? 1 : repeated.merge(content, 2, (before, two) -> before + 1);
  }

  private static byte[] hash(MovementKind kind, StockKey item, long units, String reference) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (String text : new String[] {kind.name(), item.store(), item.sku(), reference}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      hasher.putInt(bytes.length).putBytes(bytes);
    }
    return Arrays.copyOf(hasher.putLong(units).hash().asBytes(), HASH_BYTES);
  }

  private static long first8(byte[] hash) {
    return java.nio.ByteBuffer.wrap(hash).getLong();
  }
}
