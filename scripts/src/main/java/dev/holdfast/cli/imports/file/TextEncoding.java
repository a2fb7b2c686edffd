package dev.holdfast.cli.imports.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Decodes text: by its byte order mark, otherwise as UTF-8, unless the caller says otherwise. Never
 * replaces undecodable bytes silently. Refuses files of other types by name.
 */
final class TextEncoding {
  private static final int LOOK_BYTES = 4;

  private TextEncoding() {}

  /**
   * Decodes the characters after the byte order mark.
   *
   * @param wanted null to let the content decide
   * @param onMalformed REPORT, or REPLACE to find the place of the error
   */
  static InputStreamReader decode(
      InputStream content, @Nullable Charset wanted, CodingErrorAction onMalformed)
      throws IOException {
    InputStream in = new BufferedInputStream(content);
    in.mark(LOOK_BYTES);
    byte[] start = Arrays.copyOf(in.readNBytes(LOOK_BYTES), LOOK_BYTES);
    in.reset();
    Mark mark = markOf(start);
    if (mark == null && wanted == null) {
      refuseWhatIsNoText(start);
    }
    in.skipNBytes(mark == null ? 0 : mark.bytes());
    Charset marked = mark == null ? StandardCharsets.UTF_8 : mark.charset();
    return new InputStreamReader(
        in,
        (wanted == null ? marked : wanted)
            .newDecoder()
            .onMalformedInput(onMalformed)
            .onUnmappableCharacter(onMalformed));
  }

  private record Mark(Charset charset, int bytes) {}

  private static @Nullable Mark markOf(byte[] start) {
    String hex = HexFormat.of().formatHex(start);
    if (hex.equals("fffe0000") || hex.equals("0000feff")) {
      throw refused("is UTF-32");
    }
    if (hex.startsWith("fffe")) {
      return new Mark(StandardCharsets.UTF_16LE, 2);
    }
    if (hex.startsWith("feff")) {
      return new Mark(StandardCharsets.UTF_16BE, 2);
    }
    return hex.startsWith("efbbbf") ? new Mark(StandardCharsets.UTF_8, 3) : null;
  }

  private static void refuseWhatIsNoText(byte[] start) {
    String hex = HexFormat.of().formatHex(start);
    if (hex.startsWith("504b")) { // PK
      throw refused("is a zip archive or an .xlsx workbook");
    }
    if (hex.startsWith("d0cf")) {
      throw refused("is an .xls workbook");
    }
    boolean evenZero = start[0] == 0 && start[1] != 0 && start[3] != 0;
    boolean oddZero = start[1] == 0 && start[0] != 0 && start[2] != 0;
    if (evenZero || oddZero) {
      throw refused("looks like UTF-16 without a byte order mark");
    }
  }

  private static UnreadableFileException refused(String what) {
    return new UnreadableFileException(
        "the file " + what + ": save it as CSV in UTF-8, or in UTF-16 with a byte order mark");
  }
}
