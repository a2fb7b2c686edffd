package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.LeaderChangeContext;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.apply.BatchApplier;
import dev.holdfast.store.state.fault.DigestFault;
import dev.holdfast.store.state.fault.StateFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies committed entries to the state, a bounded number as one write, and only then answers. All
 * methods run on the one applying thread of the group.
 */
final class PartitionStateMachine extends StateMachineAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionStateMachine.class);
  private static final int ENTRIES_PER_WRITE_MAX = 64;

  private final int partition;
  private final StateStore store;
  private final Snapshots snapshots;
  private final LeadershipListener listener;
  private final ApplyMetrics metrics;
  private volatile long term;

  PartitionStateMachine(
      int partition,
      StateStore store,
      Snapshots snapshots,
      LeadershipListener listener,
      ApplyMetrics metrics) {
    this.partition = partition;
    this.store = store;
    this.snapshots = snapshots;
    this.listener = listener;
    this.metrics = metrics;
  }

  private record Applied(LogClosure closure, boolean accepted) {}

  @Override
  public void onApply(Iterator entries) {
    List<Applied> answers = new ArrayList<>();
    long first = 0;
    try {
      while (entries.hasNext()) {
        answers.clear();
        first = entries.getIndex();
        long start = System.nanoTime();
        store.apply(applier -> metrics.digestsChecked(applySome(entries, applier, answers)));
        metrics.applied(System.nanoTime() - start);
        FailPoint.STATE_WRITTEN.reach();
        answers.forEach(answer -> answer.closure().applied(answer.accepted()));
        listener.applied();
      }
    } catch (RuntimeException | Error e) {
      LOG.error("fault while applying; partition {} stops on this node", partition, e);
      if (e instanceof DigestFault) {
        metrics.digestFault();
      }
      listener.fault("applying failed: " + e.getMessage());
      Status failed = new Status(RaftError.ESTATEMACHINE, "applying failed: %s", e.getMessage());
      // Committed, but not written here: JRaft answers the entries it still has, not these.
      answers.forEach(answer -> fail(answer.closure(), failed));
      entries.setErrorAndRollback(unwritten(entries, first), failed);
    }
  }

  /** What fails here must not keep the fault from JRaft, which would go on applying. */
  private static void fail(LogClosure proposer, Status failed) {
    try {
      proposer.run(failed);
    } catch (RuntimeException | Error e) {
      LOG.error("the proposer of an entry could not be told that applying failed", e);
    }
  }

  /**
   * After a failed write none of its entries is in the state: JRaft must not count any of them as
   * applied.
   */
  private static long unwritten(Iterator entries, long first) {
    return entries.getIndex() - first + (entries.hasNext() ? 1 : 0);
  }

  /** The number of digests that were checked. */
  private static int applySome(Iterator entries, BatchApplier applier, List<Applied> answers) {
    for (int i = 0; i < ENTRIES_PER_WRITE_MAX && entries.hasNext(); i++) {
      LogClosure own = entries.done() instanceof LogClosure closure ? closure : null;
      long index = entries.getIndex();
      if (own != null && applier.holds(index)) {
        throw new StateFault(
            "the state is not of this log: it holds entry "
                + index
                + ", which is only now proposed");
      }
      FailPoint.ENTRY_APPLY.reach();
      boolean accepted = applier.apply(index, entries.getTerm(), bytes(entries.getData()));
      if (own != null) {
        answers.add(new Applied(own, accepted));
      }
      entries.next();
    }
    return applier.digestsChecked();
  }

  /** The buffer belongs to JRaft and may still be on its way to a slow follower: never move it. */
  private static byte[] bytes(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void onSnapshotSave(SnapshotWriter writer, Closure done) {
    snapshots.save(writer, done);
  }

  @Override
  public boolean onSnapshotLoad(SnapshotReader reader) {
    String problem = snapshots.load(reader);
    if (problem == null) {
      listener.applied();
    } else {
      listener.fault("a snapshot could not be loaded: " + problem);
    }
    return problem == null;
  }

  @Override
  public void onLeaderStart(long term) {
    LOG.info("leads partition {} from term {}", partition, term);
    this.term = term;
    orStop(
        () -> {
          FailPoint.LEADERSHIP_GAINED.reach();
          listener.lead(term);
        });
  }

  /** JRaft only logs what is thrown here, and goes on as if it had been heard. */
  private void orStop(Runnable change) {
    try {
      change.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a change of leadership failed; partition {} stops on this node", partition, e);
      listener.fault("a change of leadership failed: " + e.getMessage());
    }
  }

  @Override
  public void onStartFollowing(LeaderChangeContext leader) {
    term = leader.getTerm();
  }

  /** The Raft term as of the last change of leadership. */
  long term() {
    return term;
  }

  @Override
  public void onLeaderStop(Status status) {
    LOG.info("leads partition {} no more: {}", partition, status.getErrorMsg());
    orStop(
        () -> {
          FailPoint.LEADERSHIP_LOST.reach();
          listener.follow();
        });
  }

  @Override
  public void onError(RaftException e) {
    LOG.error("Raft stopped partition {} on this node: {}", partition, e.getStatus());
    listener.follow();
    listener.fault(e.getStatus().getErrorMsg());
  }
}
