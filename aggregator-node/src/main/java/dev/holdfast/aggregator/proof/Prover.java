package dev.holdfast.aggregator.proof;

import com.google.common.base.Ticker;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.holdfast.aggregator.ingest.SyncFlag;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.invariant.PartProof;
import dev.holdfast.aggregator.invariant.TotalsProof;
import dev.holdfast.aggregator.invariant.TransfersProof;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.invariant.VerifiedPart;
import dev.holdfast.aggregator.view.ViewClosedException;
import dev.holdfast.aggregator.work.WorkThread;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that proves parts of the view and rebuilds them, one after the other. An exception
 * of work that nobody waits for is a bug and is kept as a fault; others get theirs as the answer.
 * Mends by itself what a digest of the log showed to differ, what was half replaced when the
 * aggregator ended, and what cannot be followed because its history is gone.
 */
public final class Prover implements ViewProgress.Listener, AutoCloseable {
  private static final int WAITING_MAX = 100;
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(Prover.class);

  private final ViewAndStores sides;
  private final SyncFlag sync;
  private final Ticker ticker;
  private final ExactProof exact;
  private final Rebuild rebuild;
  private final DifferenceNames naming;
  private final RebuildSchedule mending = new RebuildSchedule();
  private final Set<Integer> toMend = ConcurrentHashMap.newKeySet();
  private final Map<Integer, String> faults = new ConcurrentHashMap<>();
  private final WorkThread thread;

  public Prover(ViewAndStores sides, SyncFlag sync, ProofMetrics metrics, Ticker ticker) {
    this.sides = sides;
    this.sync = sync;
    this.ticker = ticker;
    this.exact = new ExactProof(sides);
    this.rebuild = new Rebuild(sides, metrics);
    this.naming = new DifferenceNames(sides, exact);
    this.thread =
        new WorkThread("prover", "a part cannot be mended", sides.progress()::healthChanged);
  }

  /** Mends what is not trusted, at the start and after sync was stopped. */
  public void resume() {
    for (int partition = 0; partition < sides.progress().partitionCount(); partition++) {
      if (!sides.trust(partition).isTrusted()) {
        violated(partition);
      }
    }
  }

  @Override
  public void violated(int partition) {
    sides.progress().healthChanged();
    mendSoon(partition, sides.trust(partition).untrusted());
  }

  @Override
  public void truncated(int partition) {
    mendSoon(partition, "it is being loaded, since the events behind it are gone from the log");
  }

  /** What is to be mended already is not mended once more for what is found meanwhile. */
  private void mendSoon(int partition, String why) {
    if (toMend.add(partition)) {
      thread.run(() -> mendAfter(mending.found(partition, ticker.read()), partition, why));
    }
  }

  private void mendAfter(Duration pause, int partition, String why) {
    thread.later(pause, () -> mend(partition, why));
  }

  private void mend(int partition, String why) {
    if (sync.isStopped()) {
      toMend.remove(partition);
      return;
    }
    try {
      naming.name(partition, mending.failures(partition));
      rebuilt(partition, why, mending.failures(partition));
      mending.mended(partition, ticker.read());
      faults.remove(partition);
      toMend.remove(partition);
      sides.progress().healthChanged();
      if (!sides.trust(partition).isTrusted()) { // by what was found since
        mendSoon(partition, sides.trust(partition).untrusted());
      }
    } catch (UnprovenException e) {
      LOG.warn("partition {} is not rebuilt yet: {}", partition, e.getMessage());
      mendAfter(mending.failed(partition), partition, why);
    } catch (ViewClosedException e) {
      LOG.debug("partition {} is left as it is: {}", partition, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("partition {} cannot be rebuilt; it is tried again", partition, e);
      faults.put(partition, "partition " + partition + " cannot be mended: " + e);
      sides.progress().healthChanged();
      mendAfter(mending.failed(partition), partition, why);
    }
  }

  @CanIgnoreReturnValue
  private PartProof rebuilt(int partition, String why, int tries) throws UnprovenException {
    PartProof proof = rebuild.run(partition, why, tries);
    LOG.info("partition {} is rebuilt and proven at {}", partition, proof.at());
    sides.tails().follow(partition);
    sides.progress().healthChanged();
    return proof;
  }

  /** Proves a part at an exact cut; keeps what is against it, and rebuilds it when asked to. */
  public CompletableFuture<VerifiedPart> verify(int partition, boolean repair) {
    return submit(
        () -> {
          VerifiedPart verified = exact.verify(partition);
          PartProof proof = verified.view();
          if (!proof.isWrong()) {
            return verified;
          }
          ProverWait.await(kept(proof));
          sides.progress().healthChanged();
          return repair ? verified.with(repaired(proof)) : verified;
        });
  }

  /** Of a part that is not trusted already there is a violation. */
  private CompletableFuture<Void> kept(PartProof proof) {
    int partition = proof.at().partition();
    return sides.trust(partition).isTrusted()
        ? sides.parts().violated(proof.check(), proof.wrong().named())
        : sides.parts().named(partition, proof.wrong().named());
  }

  private PartProof repaired(PartProof proof) throws UnprovenException {
    int partition = proof.at().partition();
    rebuiltOnDemand(partition, sides.trust(partition).untrusted());
    return proof.afterRepair();
  }

  /**
   * Whoever asked hears of a failure; a part that is half replaced by then is paused until mended.
   */
  @CanIgnoreReturnValue
  private PartProof rebuiltOnDemand(int partition, String why) throws UnprovenException {
    try {
      return rebuilt(partition, why, 0);
    } catch (UnprovenException | RuntimeException e) {
      mendIfHalfReplaced(partition);
      throw e;
    }
  }

  /** Asks behind what the writer was handed: what was not done in time may still be begun. */
  private void mendIfHalfReplaced(int partition) {
    var unused =
        sides
            .writer()
            .submit(() -> sides.trust(partition))
            .thenAccept(
                trust -> {
                  if (trust.rebuilding()) {
                    mendSoon(partition, trust.untrusted());
                  }
                });
  }

  /** Replaces a part and proves it again. */
  public CompletableFuture<PartProof> rebuild(int partition) {
    return submit(
        () -> rebuiltOnDemand(partition, "it is being rebuilt, as an operator asked for"));
  }

  /** Proves the totals in one cut, and makes them right when asked to. */
  public CompletableFuture<TotalsProof> totals(boolean repair) {
    return submit(
        () -> {
          TotalsProof proof = TotalsScan.of(sides.view());
          if (repair && !proof.isEqual()) {
            rebuild.correctTotals();
          }
          return proof;
        });
  }

  /** Compares the books of all partitions' transfers. */
  public CompletableFuture<TransfersProof> transfers() {
    return submit(new TransferAudit(sides)::prove);
  }

  /** Does what somebody waits for; fails with STALE when it cannot be proven now. */
  private <T> CompletableFuture<T> submit(Callable<T> work) {
    if (sync.isStopped()) {
      return CompletableFuture.failedFuture(
          Statuses.exception(Statuses.of(Reason.SYNC_STOPPED, "sync is stopped; start it first")));
    }
    if (thread.isFull(WAITING_MAX)) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException("too many proofs are waiting"));
    }
    CompletableFuture<T> done = new CompletableFuture<>();
    thread.run(() -> complete(done, work));
    return done;
  }

  private static <T> void complete(CompletableFuture<T> done, Callable<T> work) {
    try {
      done.complete(work.call());
    } catch (UnprovenException e) {
      done.completeExceptionally(
          Statuses.exception(Statuses.of(Reason.STALE, String.valueOf(e.getMessage()))));
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
  }

  /** Why a part cannot be mended, or null when none is known to be so. */
  public @Nullable String fault() {
    String fault = thread.fault();
    return fault != null ? fault : faults.values().stream().findFirst().orElse(null);
  }

  @Override
  public void close() {
    thread.abort(CLOSED_WITHIN);
  }
}
