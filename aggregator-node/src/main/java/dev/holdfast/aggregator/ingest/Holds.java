package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.ViewCut;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Partitions that may get to a sequence and no further until they are let go. What comes behind is
 * put aside, in order, as far as the feed windows allow. For the writer thread.
 */
final class Holds {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final Map<Integer, Hold> held = new HashMap<>();

  /** One partition that is held. */
  private static final class Hold {
    private final Deque<Delivery> aside = new ArrayDeque<>();
    private long limit = NO_LIMIT;
    private boolean paused;
    private @Nullable CompletableFuture<ViewCut> cut;

    boolean isBehind(FeedMessage message) {
      return !aside.isEmpty()
          || (message instanceof FeedMessage.Batch batch
              && (paused || batch.batch().lastSequence() > limit));
    }
  }

  /** Keeps a partition where it is. */
  void hold(int partition, Cursor at) {
    Hold hold = of(partition);
    if (hold.limit == NO_LIMIT) {
      hold.limit = at.sequence();
    }
  }

  private Hold of(int partition) {
    return held.computeIfAbsent(partition, any -> new Hold());
  }

  /** Keeps a partition where it is, whoever else holds it or lets it go, until it is resumed. */
  void pause(int partition) {
    of(partition).paused = true;
  }

  boolean isPaused(int partition) {
    Hold hold = held.get(partition);
    return hold != null && hold.paused;
  }

  /** Ends a pause; the answer is what was put aside and may be tried again. */
  List<Delivery> resume(int partition) {
    Hold hold = of(partition);
    hold.paused = false;
    return letGo(partition, hold);
  }

  /** What nobody keeps any more is forgotten. */
  private List<Delivery> letGo(int partition, Hold hold) {
    if (!hold.paused && hold.limit == NO_LIMIT) {
      held.remove(partition);
    }
    return takeAside(hold);
  }

  /**
   * Lets a partition get to a sequence, where a cut is to be taken.
   *
   * @return what was put aside and may be tried again
   */
  List<Delivery> allow(int partition, long sequence, CompletableFuture<ViewCut> cut) {
    Hold hold = of(partition);
    hold.limit = sequence;
    fail(hold.cut, "another cut was asked for");
    hold.cut = cut;
    return takeAside(hold);
  }

  /** Lets a partition go on; the answer is what was put aside. */
  List<Delivery> release(int partition) {
    Hold hold = held.get(partition);
    if (hold == null) {
      return List.of();
    }
    fail(hold.cut, "the partition was let go");
    hold.cut = null;
    hold.limit = NO_LIMIT;
    return letGo(partition, hold);
  }

  private static List<Delivery> takeAside(Hold hold) {
    List<Delivery> aside = List.copyOf(hold.aside);
    hold.aside.clear();
    return aside;
  }

  /** Whether a delivery was put aside. */
  boolean keepsBack(Delivery delivery) {
    Hold hold = held.get(delivery.link().partition());
    if (hold == null || !hold.isBehind(delivery.message())) {
      return false;
    }
    hold.aside.add(delivery);
    return true;
  }

  /** Takes the cuts whose place is reached. */
  void settle(ViewProgress progress, Supplier<ViewCut> cuts) {
    held.forEach(
        (partition, hold) -> settle(hold, progress.of(partition).cursor().sequence(), cuts));
  }

  private static void settle(Hold hold, long reached, Supplier<ViewCut> cuts) {
    CompletableFuture<ViewCut> cut = hold.cut;
    if (cut == null || reached < hold.limit) {
      return;
    }
    hold.cut = null;
    if (reached > hold.limit) {
      fail(cut, "the view is at " + reached + " already, past " + hold.limit);
      return;
    }
    ViewCut taken = cuts.get();
    if (!cut.complete(taken)) {
      taken.close();
    }
  }

  /** No place is reached any more. */
  void end() {
    held.values().forEach(hold -> fail(hold.cut, "the view is not written any more"));
  }

  private static void fail(@Nullable CompletableFuture<ViewCut> cut, String why) {
    if (cut != null) {
      cut.completeExceptionally(new MissedCutException(why));
    }
  }
}
