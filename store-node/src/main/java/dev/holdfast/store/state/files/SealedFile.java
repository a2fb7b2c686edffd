package dev.holdfast.store.state.files;

import dev.holdfast.common.failpoint.FailPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A small text file of {@code key=value} lines. It is replaced as a whole, and its last line is a
 * checksum of the others, so that it is either what was written or known to be damaged.
 */
public final class SealedFile {
  private static final String SEAL = "crc32c=";

  private SealedFile() {}

  /** Durable when it returns. */
  public static void write(Path file, Map<String, String> values) throws IOException {
    StringBuilder text = new StringBuilder();
    values.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, text + seal(text.toString()));
    StateDirectory.sync(temporary);
    FailPoint.SEALED_FILE_SYNCED.reach();
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    FailPoint.SEALED_FILE_MOVED.reach();
    StateDirectory.sync(file.resolveSibling(""));
  }

  /**
   * What was written last, null when nothing was.
   *
   * @throws DamagedFileException when it is not what was written
   */
  public static @Nullable Map<String, String> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    int seal = text.lastIndexOf(SEAL);
    if (seal < 0 || !text.substring(seal).equals(seal(text.substring(0, seal)))) {
      throw new DamagedFileException(file + " is damaged: its checksum differs");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : text.substring(0, seal).lines().toList()) {
      int equals = line.indexOf('=');
      values.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return values;
  }

  private static String seal(String text) {
    CRC32C checksum = new CRC32C();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return SEAL + Long.toHexString(checksum.getValue()) + '\n';
  }

  /** The file is there, and is not what was written. */
  public static final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedFileException(String message) {
      super(message);
    }
  }
}
