package dev.holdfast.cli.drill.history;

import dev.holdfast.proto.log.v1.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The logs of all partitions, as the feed delivers them. To be read to their heads after the last
 * call has ended, or calls with an unknown outcome may still take effect. For one thread.
 */
public final class EventLog {
  private final Map<Integer, List<LogEntry>> byPartition = new TreeMap<>();

  public void add(EventBatch batch) {
    LogEntry.of(batch).forEach(this::add);
  }

  public void add(LogEntry entry) {
    byPartition.computeIfAbsent(entry.partition(), first -> new ArrayList<>()).add(entry);
  }

  public Set<Integer> partitions() {
    return byPartition.keySet();
  }

  /** In the order of the log. */
  public List<LogEntry> of(int partition) {
    return byPartition.getOrDefault(partition, List.of());
  }
}
