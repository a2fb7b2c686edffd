package dev.holdfast.deploy.replicas;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.proto.log.v1.CursorRecord;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of an aggregator: its view follows from the logs. Other rows tell what happened to this
 * aggregator, and its history may begin later than another's.
 */
final class ViewRows {
  static final String HISTORY = "history";
  private static final String CURSORS = "cursors";
  private static final String OF_THE_HISTORY = "the histories begin at different sequences";
  private static final String OF_LETTERS =
      "when a change failed, was tried again or was discarded is a matter of each aggregator";

  private static final Map<String, Treatment> EXCEPTIONS =
      Map.of(
          CURSORS,
          Treatment.without(
              ViewRows::withoutTrust,
              "how far the part is proven, and whether it is trusted, is found by each by itself"),
          "meta",
          Treatment.none("names the aggregator"),
          "violations",
          Treatment.none("what an aggregator once found about itself"),
          "letters",
          Treatment.none(OF_LETTERS),
          "lines",
          Treatment.none(OF_LETTERS),
          "parked",
          Treatment.none(OF_LETTERS),
          "changes",
          Treatment.none("a rebuild from an export reads fewer changes"),
          "events",
          Treatment.none(OF_LETTERS));

  private static final Map<String, Treatment> WITH_OTHER_HISTORIES = withOtherHistories();

  private ViewRows() {}

  private static Map<String, Treatment> withOtherHistories() {
    Map<String, Treatment> exceptions = new HashMap<>(EXCEPTIONS);
    for (String family : new String[] {HISTORY, "movements", "refusals", "marks", "demand"}) {
      exceptions.put(family, Treatment.none(OF_THE_HISTORY));
    }
    return exceptions;
  }

  static Treatment treatment(String family, boolean sameHistory) {
    return (sameHistory ? EXCEPTIONS : WITH_OTHER_HISTORIES).getOrDefault(family, Treatment.EXACT);
  }

  /** The last sequence of each partition. */
  static String position(NodeDatabase database) {
    Map<Integer, Long> sequences = new TreeMap<>();
    try (Rows cursors = database.rows(CURSORS)) {
      for (; cursors.isValid(); cursors.next()) {
        int partition = ByteBuffer.wrap(cursors.key()).getInt();
        sequences.put(partition, parse(cursors.value()).getSequence());
      }
    }
    return sequences.toString();
  }

  private static byte[] withoutTrust(byte[] value) {
    return parse(value).toBuilder().clearProvenSequence().clearUntrusted().build().toByteArray();
  }

  private static CursorRecord parse(byte[] value) {
    try {
      return CursorRecord.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a cursor is damaged", e);
    }
  }
}
