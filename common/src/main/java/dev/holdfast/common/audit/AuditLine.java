package dev.holdfast.common.audit;

import com.google.common.hash.Hashing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of the stream: a JSON object, of which {@code prev} is the SHA-256 of the line before,
 * as it stands in the file, without its end. So a line cannot be changed, removed or put in between
 * without changing all that follow.
 *
 * @param sequence counts the lines of a node from 1
 * @param kind the word of an {@link AuditKind}, or of one that a newer build knows
 */
public record AuditLine(
    long sequence,
    Instant time,
    String node,
    String kind,
    String outcome,
    String principal,
    String from,
    String requestId,
    Map<String, String> detail,
    String previous) {
  /** The hash before the first line. */
  static final String NOTHING = "0".repeat(64);

  /** A line is shorter than this: its texts are cut. */
  static final int BYTES_MAX = 1 << 17;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  public AuditLine {
    detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
  }

  /** The line in the file, without its end. */
  byte[] toBytes() {
    ObjectNode line = JSON.createObjectNode();
    line.put("seq", sequence);
    line.put("time", TIME.format(time));
    line.put("node", node);
    line.put("what", kind);
    line.put("outcome", outcome);
    line.put("principal", principal);
    line.put("from", from);
    line.put("request_id", requestId);
    ObjectNode details = line.putObject("detail");
    detail.forEach(details::put);
    line.put("prev", previous);
    return JSON.writeValueAsBytes(line);
  }

  /** Reads a line; empty when it is none. Fields that this build does not know are passed over. */
  static Optional<AuditLine> parse(byte[] bytes) {
    try {
      JsonNode line = JSON.readTree(bytes);
      return isLine(line) ? Optional.of(read(line)) : Optional.empty();
    } catch (JacksonException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean isLine(JsonNode line) {
    return line.path("seq").isIntegralNumber()
        && line.path("seq").canConvertToLong()
        && line.path("time").isString()
        && line.path("prev").isString();
  }

  private static AuditLine read(JsonNode line) {
    Map<String, String> detail = new LinkedHashMap<>();
    line.path("detail").properties().forEach(e -> detail.put(e.getKey(), e.getValue().asString()));
    return new AuditLine(
        line.path("seq").longValue(),
        Instant.parse(line.path("time").stringValue()),
        text(line, "node"),
        text(line, "what"),
        text(line, "outcome"),
        text(line, "principal"),
        text(line, "from"),
        text(line, "request_id"),
        detail,
        text(line, "prev"));
  }

  private static String text(JsonNode line, String name) {
    return line.path(name).asString("");
  }

  /** The hash that the next line must carry. */
  static String hash(byte[] line) {
    return Hashing.sha256().hashBytes(line).toString();
  }
}
