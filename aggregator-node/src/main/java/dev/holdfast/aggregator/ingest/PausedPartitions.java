package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.view.ViewCursor;
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
 * Partitions that may get to a sequence and no further until they are resumed, and those whose dead
 * letter queue is full. Deliveries behind that are put aside, in order, as far as the feed windows
 * allow. For the writer thread.
 */
final class PausedPartitions {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final Map<Integer, Pause> paused = new HashMap<>();

  /** One partition that is paused. */
  private static final class Pause {
    private final Deque<Delivery> aside = new ArrayDeque<>();
    private long limit = NO_LIMIT;
    private boolean full;
    private @Nullable CompletableFuture<ViewCut> cut;

    boolean isBehind(FeedMessage message) {
      return !aside.isEmpty()
          || (message instanceof FeedMessage.Batch batch
              && (full || batch.batch().lastSequence() > limit));
    }
  }

  /** Keeps a partition where it is, until it is resumed. */
  void pause(int partition, ViewCursor at) {
    Pause pause = of(partition);
    if (pause.limit == NO_LIMIT) {
      pause.limit = at.sequence();
    }
  }

  private Pause of(int partition) {
    return paused.computeIfAbsent(partition, any -> new Pause());
  }

  /** Keeps a partition where it is, paused or resumed, until its queue has room. */
  void setFull(int partition) {
    of(partition).full = true;
  }

  boolean isFull(int partition) {
    Pause pause = paused.get(partition);
    return pause != null && pause.full;
  }

  /** The queue has room again; the answer is what was put aside and may be tried again. */
  List<Delivery> setRoom(int partition) {
    Pause pause = of(partition);
    pause.full = false;
    return takeAside(partition, pause);
  }

  private List<Delivery> takeAside(int partition, Pause pause) {
    if (!pause.full && pause.limit == NO_LIMIT) {
      paused.remove(partition);
    }
    List<Delivery> aside = List.copyOf(pause.aside);
    pause.aside.clear();
    return aside;
  }

  /**
   * Lets a partition get to a sequence, where a cut is to be taken.
   *
   * @return what was put aside and may be tried again
   */
  List<Delivery> advanceTo(int partition, long sequence, CompletableFuture<ViewCut> cut) {
    Pause pause = of(partition);
    pause.limit = sequence;
    fail(pause.cut, "another cut was asked for");
    pause.cut = cut;
    return takeAside(partition, pause);
  }

  /** Lets a partition go on; the answer is what was put aside and may be tried again. */
  List<Delivery> resume(int partition) {
    Pause pause = paused.get(partition);
    if (pause == null) {
      return List.of();
    }
    fail(pause.cut, "the partition was let go");
    pause.cut = null;
    pause.limit = NO_LIMIT;
    return takeAside(partition, pause);
  }

  /** Whether a delivery was put aside. */
  boolean keepsBack(Delivery delivery) {
    Pause pause = paused.get(delivery.link().partition());
    if (pause == null || !pause.isBehind(delivery.message())) {
      return false;
    }
    pause.aside.add(delivery);
    return true;
  }

  /** Takes the cuts whose place is reached. */
  void takeCuts(ViewProgress progress, Supplier<ViewCut> cuts) {
    paused.forEach(
        (partition, pause) -> takeCut(pause, progress.of(partition).cursor().sequence(), cuts));
  }

  private static void takeCut(Pause pause, long reached, Supplier<ViewCut> cuts) {
    CompletableFuture<ViewCut> cut = pause.cut;
    if (cut == null || reached < pause.limit) {
      return;
    }
    pause.cut = null;
    if (reached > pause.limit) {
      fail(cut, "the view is at " + reached + " already, past " + pause.limit);
      return;
    }
    ViewCut taken = cuts.get();
    if (!cut.complete(taken)) {
      taken.close();
    }
  }

  /** No place is reached any more. */
  void end() {
    paused.values().forEach(pause -> fail(pause.cut, "the view is not written any more"));
  }

  private static void fail(@Nullable CompletableFuture<ViewCut> cut, String why) {
    if (cut != null) {
      cut.completeExceptionally(new MissedCutException(why));
    }
  }
}
