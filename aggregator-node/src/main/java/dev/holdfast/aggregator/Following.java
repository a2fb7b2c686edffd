package dev.holdfast.aggregator;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.api.SyncService;
import dev.holdfast.aggregator.deadletter.DeadLetters;
import dev.holdfast.aggregator.export.Exports;
import dev.holdfast.aggregator.export.HeadWatch;
import dev.holdfast.aggregator.export.Heads;
import dev.holdfast.aggregator.ingest.Inbox;
import dev.holdfast.aggregator.ingest.IngestMetrics;
import dev.holdfast.aggregator.ingest.PartWriter;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.ingest.ViewWriter;
import dev.holdfast.aggregator.ingest.WriterParts;
import dev.holdfast.aggregator.proof.ProofMetrics;
import dev.holdfast.aggregator.proof.ProofParts;
import dev.holdfast.aggregator.proof.Prover;
import dev.holdfast.aggregator.proof.SyncSwitch;
import dev.holdfast.aggregator.source.FeedTails;
import dev.holdfast.aggregator.source.Replica;
import dev.holdfast.aggregator.source.TailListener;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.common.partition.PartitionMap;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The running parts of an aggregator once it has found the cluster. Repairs stop first, then the
 * tails, then the writer that they feed.
 */
record Following(
    FeedTails tails,
    ViewWriter writer,
    Prover prover,
    SyncSwitch sync,
    Heads heads,
    HeadWatch watch,
    ViewProgress progress)
    implements AutoCloseable {

  /** What it is made of. */
  record Parts(
      PartitionMap partitions,
      List<Replica> replicas,
      ViewStore store,
      ViewProgress progress,
      DeadLetters letters,
      Function<ViewRecords, Projection> projections,
      MeterRegistry meters) {}

  /** Tells the prover, which knows the tails, what the tails find. */
  private static final class Tellings implements TailListener {
    private final AtomicReference<@Nullable Prover> prover = new AtomicReference<>();
    private final Runnable onChange;

    Tellings(Runnable onChange) {
      this.onChange = onChange;
    }

    @Override
    public void changed() {
      onChange.run();
    }

    @Override
    public void truncated(int partition) {
      Prover told = prover.get();
      if (told != null) {
        told.truncated(partition);
      }
    }
  }

  static Following start(Parts parts, Ticker ticker, Runnable onChange) {
    ViewStore store = parts.store();
    Inbox inbox = FeedTails.inbox(parts.progress().partitionCount());
    ViewWriter writer = writer(parts, inbox, ticker, onChange);
    Tellings tellings = new Tellings(onChange);
    FeedTails tails =
        FeedTails.of(
            new FeedTails.Parts(
                parts.replicas(), parts.progress(), inbox, ticker, parts.meters(), tellings));
    Prover prover = prover(parts, tails, writer, ticker, onChange);
    tellings.prover.set(prover);
    writer.start();
    tails.start(store.syncFlag().isStopped());
    prover.start();
    SyncSwitch sync = new SyncSwitch(store.syncFlag(), tails, prover);
    Heads heads = new Heads(parts.replicas());
    HeadWatch watch = new HeadWatch(heads, parts.progress(), ticker);
    watch.start();
    return new Following(tails, writer, prover, sync, heads, watch, parts.progress());
  }

  private static ViewWriter writer(Parts parts, Inbox inbox, Ticker ticker, Runnable onChange) {
    IngestMetrics metrics = new IngestMetrics(parts.meters(), Clock.systemUTC(), ticker);
    metrics.watch(parts.progress());
    var writing =
        new WriterParts(
            inbox, parts.store(), parts.progress(), metrics, parts.letters(), parts.projections());
    return new ViewWriter(writing, onChange);
  }

  private static Prover prover(
      Parts parts, FeedTails tails, ViewWriter writer, Ticker ticker, Runnable onChange) {
    ViewStore store = parts.store();
    var proving =
        new ProofParts(
            parts.partitions(),
            new Exports(parts.replicas()),
            tails,
            parts.progress(),
            writer,
            new PartWriter(writer, parts.progress(), store.parts(), parts.letters()));
    var metrics = new ProofMetrics(parts.meters(), store.violations());
    return new Prover(
        proving, new Prover.Surroundings(store, store.syncFlag(), metrics, ticker, onChange));
  }

  /** Why a part of the view is not to be trusted; empty when it is. */
  String untrusted(int partition) {
    return progress.of(partition).cursor().trust().untrusted();
  }

  /** Why nothing more of a partition is applied; empty when it is. */
  String paused(int partition) {
    return progress.of(partition).paused();
  }

  SyncService.Followed followed() {
    return new SyncService.Followed(tails, heads, prover, sync);
  }

  @Override
  public void close() {
    watch.close();
    prover.close();
    tails.stop();
    writer.stop();
  }
}
