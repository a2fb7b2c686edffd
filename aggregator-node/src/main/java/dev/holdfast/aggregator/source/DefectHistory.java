package dev.holdfast.aggregator.source;

import dev.holdfast.aggregator.ingest.FeedDefect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The defects of a partition's feed since it last got further. One replica may be broken; when two
 * say the same, the log is. Being behind the view is a defect only when every replica is. Pure.
 */
final class DefectHistory {
  private static final int WITNESSES = 2;

  private final int replicas;
  private final Map<String, FeedDefect> byReplica = new LinkedHashMap<>();

  DefectHistory(int replicas) {
    this.replicas = replicas;
  }

  /** Notes a defect, and tells the fault that it makes, if it does. */
  Optional<String> add(String nodeId, FeedDefect defect) {
    byReplica.put(nodeId, defect);
    boolean all = byReplica.size() >= replicas;
    return all || witnesses() >= WITNESSES ? Optional.of(text()) : Optional.empty();
  }

  private long witnesses() {
    return byReplica.values().stream()
        .filter(defect -> defect.kind() != FeedDefect.Kind.AHEAD_OF_LOG)
        .count();
  }

  private String text() {
    return byReplica.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String text(FeedDefect defect) {
    return switch (defect.kind()) {
      case GAP -> "events are missing, " + defect.detail();
      case BROKEN_CHAIN -> "another history, " + defect.detail();
      case CORRUPT -> "corrupt, " + defect.detail();
      case NEEDS_NEWER_BUILD ->
          "a batch "
              + defect.detail()
              + "; install the newer build on this aggregator, its view stays as it is";
      case HISTORY_TRUNCATED -> "history is gone, " + defect.detail();
      case AHEAD_OF_LOG -> "the log ends before the view, " + defect.detail();
    };
  }

  void clear() {
    byReplica.clear();
  }
}
