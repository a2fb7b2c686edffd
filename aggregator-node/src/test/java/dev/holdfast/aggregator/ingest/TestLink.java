package dev.holdfast.aggregator.ingest;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A subscription that keeps what the writer tells it. */
final class TestLink implements FeedLink {
  private final int partition;
  private final List<FeedDefect> defects = new CopyOnWriteArrayList<>();
  private final AtomicInteger consumed = new AtomicInteger();

  TestLink(int partition) {
    this.partition = partition;
  }

  @Override
  public int partition() {
    return partition;
  }

  @Override
  public void consumed(FeedMessage message) {
    consumed.incrementAndGet();
  }

  @Override
  public void refuse(FeedDefect defect) {
    defects.add(defect);
  }

  @Override
  public boolean isRefused() {
    return !defects.isEmpty();
  }

  List<FeedDefect> defects() {
    return defects;
  }

  int consumed() {
    return consumed.get();
  }
}
