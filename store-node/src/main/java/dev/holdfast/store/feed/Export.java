package dev.holdfast.store.feed;

import dev.holdfast.store.state.export.PinnedState;

/** An open export: pinned records, and when somebody read them last. */
final class Export {
  private final String id;
  private final PinnedState records;
  private final ReadAhead ahead = new ReadAhead();
  private int readers;
  private long lastReadNanos;

  Export(String id, PinnedState records, long nowNanos) {
    this.id = id;
    this.records = records;
    this.lastReadNanos = nowNanos;
  }

  String id() {
    return id;
  }

  PinnedState records() {
    return records;
  }

  ReadAhead ahead() {
    return ahead;
  }

  synchronized void enter() {
    readers++;
  }

  synchronized void leave(long nowNanos) {
    readers--;
    lastReadNanos = nowNanos;
  }

  synchronized boolean isIdle(long nowNanos, long idleNanosMax) {
    return readers == 0 && nowNanos - lastReadNanos > idleNanosMax;
  }
}
