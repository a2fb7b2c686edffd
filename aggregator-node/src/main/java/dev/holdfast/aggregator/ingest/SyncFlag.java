package dev.holdfast.aggregator.ingest;

/** A flag: an operator stopped following the partitions. Survives a restart. For any thread. */
public interface SyncFlag {
  boolean isStopped();

  void set(boolean stopped);
}
