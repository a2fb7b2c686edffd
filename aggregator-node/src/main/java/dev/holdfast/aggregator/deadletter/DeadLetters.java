package dev.holdfast.aggregator.deadletter;

import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.StockKey;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
  private final LetterDesk desk;
  private final RetryRound.Shared shared;
  private final Map<Integer, ChangeCounts> counts;

  private DeadLetters(LetterRecords stored, LetterDesk desk, RetryRound.Shared shared) {
    this.stored = stored;
    this.desk = desk;
    this.shared = shared;
    this.counts = new ConcurrentHashMap<>(stored.counts());
  }

  /** Goes on with what is stored. */
  public static DeadLetters load(
      LetterRecords stored,
      LetterDesk desk,
      Pace pace,
      DeadLetterMetrics metrics,
      LetterBounds bounds) {
    var shared =
        new RetryRound.Shared(new ArrayDeque<>(), new OpenLetters(), pace, metrics, bounds);
    DeadLetters letters = new DeadLetters(stored, desk, shared);
    Told told = new Told(stored::event);
    letters.eachOpen(null, letter -> letters.load(letter, told));
    metrics.watch(letters);
    return letters;
  }

  private void eachOpen(@Nullable LetterId after, Consumer<DeadLetter> consumer) {
    List<DeadLetter> page = stored.page(after, DeadLetter::isOpen, PAGE_LETTERS);
    while (!page.isEmpty()) {
      page.forEach(consumer);
      LetterId last = page.get(page.size() - 1).id();
      page = stored.page(last, DeadLetter::isOpen, PAGE_LETTERS);
    }
  }

  /** The first of an item that still waits was about to be tried, when the process ended. */
  private void load(DeadLetter letter, Told told) {
    StockKey item = letter.id().item();
    if (!shared.open().isHeld(item)) {
      shared.open().put(letter);
      if (letter.state() == LetterState.WAITING) {
        shared.trials().add(Trial.of(letter.id(), null));
      }
    }
    shared.open().tell(item, told.by(letter));
  }

  /** Changes that are parked. */
  public long count() {
    return counts.values().stream().mapToLong(ChangeCounts::parked).sum();
  }

  /** What became of a partition's changes. */
  public ChangeCounts counts(int partition) {
    return counts.getOrDefault(partition, ChangeCounts.NONE);
  }

  /** Whether so much of a partition is parked that no more of it may be read. */
  public boolean isFull(int partition) {
    return isFull(counts(partition));
  }

  boolean isFull(ChangeCounts partition) {
    return partition.parked() >= shared.bounds().openMax();
  }

  /** Begins a write. For the writer thread. */
  public LetterWrite write() {
    return new LetterWrite(this, changes());
  }

  private LetterChanges changes() {
    return new LetterChanges(stored, counts);
  }

  BatchParking parking(EventBatch batch, byte[] encoded, LetterChanges changes) {
    return new BatchParking(batch, encoded, shared.open(), changes, shared.pace());
  }

  /** Whether something is to be tried or given up now. For the writer thread. */
  public boolean hasWork() {
    return !desk.isEmpty()
        || !shared.trials().isEmpty()
        || shared.open().isDue(shared.pace().nowMillis());
  }

  RetryRound retry(LetterChanges changes, Projection projection, IntFunction<Cursor> cursors) {
    RetryRound round = new RetryRound(shared, changes, projection, cursors);
    Request request = desk.poll();
    if (request != null) {
      round.take(request);
    }
    round.run();
    return round;
  }

  /**
   * Gives up what a rebuild of a partition's part at a sequence makes moot: the part includes it
   * now. To be stored in the write that ends the rebuild. For the writer thread.
   */
  public LetterWrite superseded(int partition, long sequence) {
    LetterChanges changes = changes();
    Lines lines = new Lines(shared.trials(), shared.open(), changes);
    String reason = "superseded by rebuild at " + sequence;
    for (LetterId id : stored.openThrough(partition, sequence)) {
      if (lines.discard(id, reason, null)) {
        shared.metrics().discarded();
      }
    }
    changes.forgetOldest(partition, shared.bounds().discardedMax());
    return new LetterWrite(this, changes);
  }

  /** An update is stored. */
  void stored(LetterUpdate update) {
    counts.putAll(update.counts());
    shared.metrics().parked(update);
  }
}
