package dev.holdfast.cli.watch;

import dev.holdfast.cli.LostOutputException;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.WatchListener;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prints events immediately, up to a limit. */
final class Printer implements WatchListener {
  private final Function<WatchedEvent, String> format;
  private final Session session;
  private final long limit;
  private final CompletableFuture<Void> full = new CompletableFuture<>();
  private long printed;
  private volatile @Nullable LostOutputException lost;

  /**
   * @param limit 0 for none
   */
  Printer(Function<WatchedEvent, String> format, Session session, long limit) {
    this.format = format;
    this.session = session;
    this.limit = limit;
  }

  @Override
  public void event(WatchedEvent event) {
    if (full.isDone()) {
      return;
    }
    try {
      session.out().println(format.apply(event));
      session.out().flush();
    } catch (LostOutputException e) {
      lost = e;
      full.complete(null);
      return;
    }
    printed++;
    if (printed == limit) {
      full.complete(null);
    }
  }

  @Override
  public void interrupted(HoldfastException why) {
    session.err().println("going on elsewhere: " + why.getMessage());
  }

  /** Completes when the limit is reached, or when no more can be printed. */
  CompletableFuture<Void> full() {
    return full;
  }

  /** The reason why no more can be printed; null while printing works. */
  @Nullable LostOutputException lost() {
    return lost;
  }
}
