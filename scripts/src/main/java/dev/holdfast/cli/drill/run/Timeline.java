package dev.holdfast.cli.drill.run;

import java.util.ArrayList;
import java.util.List;

/**
 * The phases of a drill, by the monotonic clock of its calls: faults, and the quiet between them.
 * Thread-safe.
 */
public final class Timeline {
  /**
   * One phase.
   *
   * @param name short, for tables: {@code leader killed}
   * @param endNanos {@link Long#MAX_VALUE} while it lasts
   */
  public record Phase(String name, long beginNanos, long endNanos) {}

  /** Ends a phase when closed. */
  public interface Running extends AutoCloseable {
    @Override
    void close();
  }

  private final List<Phase> phases = new ArrayList<>();

  /** Begins a phase; phases may overlap. */
  public Running begin(String name) {
    int place;
    synchronized (phases) {
      place = phases.size();
      phases.add(new Phase(name, System.nanoTime(), Long.MAX_VALUE));
    }
    return () -> end(place);
  }

  private void end(int place) {
    synchronized (phases) {
      Phase phase = phases.get(place);
      phases.set(place, new Phase(phase.name(), phase.beginNanos(), System.nanoTime()));
    }
  }

  /** In the order of their beginnings. */
  public List<Phase> phases() {
    synchronized (phases) {
      return List.copyOf(phases);
    }
  }
}
