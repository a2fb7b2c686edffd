package dev.holdfast.deploy.replicas;

import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row that is not the same on all nodes.
 *
 * @param key as text, with what cannot be printed in hexadecimal digits
 * @param values by node, in hexadecimal digits; a node without the row has none
 */
public record Difference(String family, String key, Map<String, String> values) {
  private static final String ABSENT = "absent";
  private static final int PRINTED_BYTES_MAX = 200;

  static String key(byte[] key) {
    StringBuilder text = new StringBuilder();
    for (byte each : key) {
      text.append(
          each > ' ' && each < 0x7f ? String.valueOf((char) each) : "\\%02x".formatted(each));
    }
    return text.toString();
  }

  static String value(byte @Nullable [] value) {
    if (value == null) {
      return ABSENT;
    }
    int printed = Math.min(value.length, PRINTED_BYTES_MAX);
    String more = printed == value.length ? "" : " and %d more".formatted(value.length - printed);
    return "0x" + HexFormat.of().formatHex(value, 0, printed) + more;
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", ", family + " " + key + ": ", ""));
  }
}
