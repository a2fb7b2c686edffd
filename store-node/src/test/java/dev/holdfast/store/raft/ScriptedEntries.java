package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import dev.holdfast.common.failpoint.FailPointException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Committed entries as JRaft hands them to a state machine. */
final class ScriptedEntries implements Iterator {
  private final List<Entry> entries;
  private int next;
  private int firstFailed;
  private @Nullable Status failed;
  long rolledBack;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(long index, long term, byte[] data, @Nullable Closure done) {}

  ScriptedEntries(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  private Entry current() {
    return entries.get(next);
  }

  @Override
  public boolean hasNext() {
    return rolledBack == 0 && next < entries.size();
  }

  @Override
  public ByteBuffer next() {
    return ByteBuffer.wrap(entries.get(next++).data());
  }

  @Override
  public ByteBuffer getData() {
    return ByteBuffer.wrap(current().data());
  }

  /** Behind the last entry it is the place of the next. */
  @Override
  public long getIndex() {
    return entries.get(0).index() + next;
  }

  @Override
  public long getTerm() {
    return current().term();
  }

  @Override
  public @Nullable Closure done() {
    return current().done();
  }

  @Override
  public void setAutoCommitPerLog(boolean status) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean commit() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void commitAndSnapshotSync(Closure done) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setErrorAndRollback(long tail, Status status) {
    firstFailed = next - (int) (hasNext() ? tail - 1 : tail);
    failed = status;
    rolledBack = tail;
  }

  /**
   * What JRaft does after an error: it tells those whose entries were rolled back or not reached.
   */
  void tellTheRest() {
    if (failed != null) {
      for (Entry entry : entries.subList(firstFailed, entries.size())) {
        tell(entry.done(), failed);
      }
    }
  }

  private static void tell(@Nullable Closure done, Status status) {
    try {
      if (done != null) {
        done.run(status);
      }
    } catch (FailPointException e) {
      // JRaft logs it and goes on
    }
  }
}
