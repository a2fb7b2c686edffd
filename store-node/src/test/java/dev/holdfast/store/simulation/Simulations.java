package dev.holdfast.store.simulation;

import dev.holdfast.store.state.files.CheckpointFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs histories, and reduces one that fails to the fewest steps that show it. */
final class Simulations {
  /** One history of so many keeps a partition on disks; more often by hand. */
  private static final int ON_DISKS_EVERY = Integer.getInteger("simulation.disks", 100);

  private final Path directory;
  private long onDisks;

  Simulations(Path directory) {
    this.directory = directory;
  }

  /**
   * Runs histories for a time, and at least so many of them.
   *
   * @return what happened in them, how often
   */
  Map<String, Long> run(long firstSeed, long nanos, int historiesMin) {
    Map<String, Long> outcomes = new TreeMap<>();
    long start = System.nanoTime();
    long histories = 0;
    while (histories < historiesMin || System.nanoTime() - start < nanos) {
      long seed = firstSeed + histories;
      try {
        history(seed, History.STEPS, new Timeline(false))
            .forEach((what, count) -> outcomes.merge(what, count, Long::sum));
      } catch (RuntimeException | AssertionError e) {
        throw reduced(seed, histories, e);
      }
      histories++;
    }
    outcomes.put("histories", histories);
    outcomes.put("histories on disks", onDisks);
    return outcomes;
  }

  /** Runs the history of a seed once more; its schedule is in the answer, or in the failure. */
  Timeline repeat(long seed) {
    Timeline timeline = new Timeline(true);
    try {
      history(seed, History.STEPS, timeline);
      return timeline;
    } catch (RuntimeException | AssertionError e) {
      throw reduced(seed, 0, e);
    }
  }

  private Map<String, Long> history(long seed, int steps, Timeline timeline) {
    if (!isOnDisks(seed)) {
      return History.run(seed, steps, timeline, null);
    }
    onDisks++;
    Path disks = directory.resolve("disks-" + onDisks);
    try {
      return History.run(seed, steps, timeline, disks);
    } finally {
      delete(disks);
    }
  }

  private static void delete(Path disks) {
    try {
      CheckpointFiles.delete(disks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the history of a seed keeps a partition on disks. */
  static boolean isOnDisks(long seed) {
    return Math.floorMod(seed, ON_DISKS_EVERY) == 0;
  }

  /** Halves the steps between those that show the failure and those that do not. */
  private AssertionError reduced(long seed, long before, Throwable failure) {
    int shows = History.STEPS;
    int hides = -1;
    Throwable last = failure;
    while (shows - hides > 1) {
      int middle = (shows + hides) / 2;
      Throwable found = failure(seed, middle, new Timeline(false));
      if (found == null) {
        hides = middle;
      } else {
        shows = middle;
        last = found;
      }
    }
    Timeline timeline = new Timeline(true);
    String repeats =
        failure(seed, shows, timeline) == null
            ? "; IT DOES NOT REPEAT, which is a bug as well"
            : "";
    return new AssertionError(
        "history %d, after %d others, fails within %d steps%s: %s\nfailpoints that struck: %s\nits schedule (repeat it with -Dsimulation.seed=%d):\n%s"
            .formatted(
                seed,
                before,
                shows,
                repeats,
                last.getMessage(),
                timeline.strikes(),
                seed,
                String.join("\n", timeline.lines())),
        last);
  }

  private @Nullable Throwable failure(long seed, int steps, Timeline timeline) {
    try {
      history(seed, steps, timeline);
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }
}
