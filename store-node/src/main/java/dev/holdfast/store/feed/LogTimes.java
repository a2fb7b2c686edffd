package dev.holdfast.store.feed;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.read.StateReads;

/** Finds places in a replica's log by time, which never runs backwards there. */
final class LogTimes {
  private LogTimes() {}

  /**
   * The first sequence of a time or later; what follows on the log's end when there is none. When
   * that is where the log begins, events of that time may be gone: the one before it then.
   */
  static long firstAt(PartitionReplica replica, long timeMillis) {
    StateReads state = replica.state();
    long earliest = state.earliestSequence();
    long from = earliest;
    long through = state.logEnd().sequence() + 1;
    while (from < through) {
      long middle = from + (through - from) / 2;
      if (timeAt(state, middle) < timeMillis) {
        from = middle + 1;
      } else {
        through = middle;
      }
    }
    return from == earliest && earliest > 1 ? earliest - 1 : from;
  }

  private static long timeAt(StateReads state, long sequence) {
    long[] time = {0};
    state.forEachBatch(
        sequence,
        (first, encoded) -> {
          time[0] = time(first, encoded);
          return false;
        });
    return time[0];
  }

  private static long time(long first, byte[] encoded) {
    try {
      return EventBatchCodec.head(encoded).timeMillis();
    } catch (UnreadableException e) {
      throw StateFault.ofLog(first, e);
    }
  }
}
