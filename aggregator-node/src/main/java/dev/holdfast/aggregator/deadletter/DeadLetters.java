package dev.holdfast.aggregator.deadletter;

import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.StockKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The dead letter queue: changes that could not be applied, and those that wait behind them. Only
 * the writer thread changes it, and only together with a write: what it did before a write that
 * fails is lost with the writer. Counts are for any thread.
 */
public final class DeadLetters {
  private static final int PAGE_LETTERS = 1_000;

  private final LetterRecords stored;
  private final OperatorQueue requests;
  private final RetryPace pace;
  private final DeadLetterMetrics metrics;
  private final LetterBounds bounds;
  private final ParkedItems parked = new ParkedItems();
  private final Map<Integer, ChangeCounts> counts;

  /** Goes on with what is stored. */
  public DeadLetters(
      LetterRecords stored,
      OperatorQueue requests,
      RetryPace pace,
      DeadLetterMetrics metrics,
      LetterBounds bounds) {
    this.stored = stored;
    this.requests = requests;
    this.pace = pace;
    this.metrics = metrics;
    this.bounds = bounds;
    this.counts = new ConcurrentHashMap<>(stored.counts());
    load();
    metrics.watch(this);
  }

  private void load() {
    ParkedLevels levels = new ParkedLevels(stored::event);
    List<DeadLetter> page = stored.page(null, DeadLetter::isOpen, PAGE_LETTERS);
    while (!page.isEmpty()) {
      page.forEach(letter -> load(letter, levels));
      LetterId last = page.get(page.size() - 1).id();
      page = stored.page(last, DeadLetter::isOpen, PAGE_LETTERS);
    }
  }

  /** The first of an item that still waits was about to be tried, when the process ended. */
  private void load(DeadLetter letter, ParkedLevels levels) {
    StockKey item = letter.id().item();
    if (!parked.isParked(item)) {
      parked.put(letter);
      if (letter.state() == LetterState.WAITING) {
        parked.retries().add(LetterRetry.of(letter.id(), null));
      }
    }
    parked.setLevel(item, levels.after(letter));
  }

  /** Changes that are parked. */
  public long count() {
    return counts.values().stream().mapToLong(ChangeCounts::parked).sum();
  }

  /** The outcomes of a partition's changes. */
  public ChangeCounts counts(int partition) {
    return counts.getOrDefault(partition, ChangeCounts.NONE);
  }

  /** Whether so much of a partition is parked that no more of it may be read. */
  public boolean isFull(int partition) {
    return isFull(counts(partition));
  }

  private boolean isFull(ChangeCounts partition) {
    return partition.parked() >= bounds.openMax();
  }

  /** Whether something is to be tried or discarded now. For the writer thread. */
  public boolean hasWork() {
    return !requests.isEmpty() || parked.hasRetries(pace.nowMillis());
  }

  /** Begins a write. For the writer thread. */
  public Write write() {
    return new Write();
  }

  /**
   * Discards the letters that a rebuild of a partition's part at a sequence supersedes: the part
   * includes their changes now. To be stored in the write that ends the rebuild. For the writer
   * thread.
   */
  public Write superseded(int partition, long sequence) {
    Write write = new Write();
    LetterOrder order = new LetterOrder(parked, write.changes, metrics);
    for (LetterId id : stored.openThrough(partition, sequence)) {
      order.discard(id, "superseded by rebuild at " + sequence, null);
    }
    write.changes.forgetOldest(partition);
    return write;
  }

  /** Collects the effects of one write of the view on the queue. For the writer thread. */
  public final class Write {
    private final LetterChanges changes = new LetterChanges(stored, counts, bounds);
    private @Nullable RetryRound round;

    private Write() {}

    /** Takes the changes of a batch that cannot be applied; ended when the batch is folded. */
    public BatchParking parking(EventBatch batch, byte[] encoded) {
      return new BatchParking(batch, encoded, parked, changes, pace);
    }

    /**
     * Tries the letters that are due or asked for. Not in a write that folds batches: what these
     * park is not stored yet.
     *
     * @param cursors the stored ones, by partition
     */
    public void retry(Projection projection, IntFunction<ViewCursor> cursors) {
      round = new RetryRound(parked, changes, pace, metrics, projection, cursors);
      OperatorRequest request = requests.poll();
      if (request != null) {
        round.take(request);
      }
      round.run();
    }

    /**
     * Whether so much of a partition is parked, with this write, that no more of it may be read.
     */
    public boolean isFull(int partition) {
      return DeadLetters.this.isFull(changes.counts(partition));
    }

    public LetterUpdate update() {
      return changes.update();
    }

    /** The update is stored, together with the view. */
    public void stored() {
      LetterUpdate update = changes.update();
      counts.putAll(update.counts());
      metrics.parked(update);
      if (round != null) {
        round.stored();
      }
    }
  }
}
