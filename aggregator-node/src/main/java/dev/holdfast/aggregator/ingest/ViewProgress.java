package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.view.ViewCursor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Progress of the view, by partition. Knows no partitions until the cluster was found once. */
public final class ViewProgress {
  /** Is told of what happens to the view; must not wait. For any thread. */
  public interface Listener {
    /** A write got the partition further. */
    default void advanced(int partition, long sequence) {}

    /** A digest of the log showed that the partition's part differs from the stores. */
    default void violated(int partition) {}

    /** The events behind the view are gone from the partition's log. */
    default void truncated(int partition) {}

    /** Something that health tells changed: a fault, a tail, a pause, the trust in a part. */
    default void healthChanged() {}
  }

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile List<PartitionProgress> partitions = List.of();

  /** The stored cursors, by partition of the cluster. */
  public void open(List<ViewCursor> cursors) {
    partitions = cursors.stream().map(PartitionProgress::new).toList();
  }

  public int partitionCount() {
    return partitions.size();
  }

  public PartitionProgress of(int partition) {
    return partitions.get(partition);
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  void moved(int partition, ViewCursor to) {
    of(partition).moved(to);
    listeners.forEach(listener -> listener.advanced(partition, to.sequence()));
  }

  void paused(int partition, String why) {
    of(partition).paused(why);
    healthChanged();
  }

  void violated(int partition) {
    listeners.forEach(listener -> listener.violated(partition));
  }

  public void truncated(int partition) {
    listeners.forEach(listener -> listener.truncated(partition));
  }

  public void healthChanged() {
    listeners.forEach(Listener::healthChanged);
  }
}
