package dev.holdfast.store.simulation;

import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.failpoint.FailPointException;
import dev.holdfast.common.failpoint.FailPoints;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What strikes the processes of a history at the failpoints that they pass. As FoundationDB does
 * it, only some places strike in a history, so that the others are reached undisturbed; each of
 * those strikes at a pass that the seed says, and at a later one again.
 */
final class Strikes implements FailPoints.Script {
  private static final int CALM_HISTORIES_PERCENT = 20;
  private static final int STRIKING_PLACES_PERCENT = 25;
  private static final int FIRST_PASS_MAX = 40;
  private static final int SOON_MAX = 3;
  private static final int LATER_PASSES_MIN = 8;
  private static final int LATER_PASSES_MAX = 400;
  private static final String AT = "at ";
  private static final List<Action> ACTIONS = List.of(Action.values());
  private static final long NEVER = 0;

  private final Cluster cluster;
  private final SplittableRandom random;
  private final Map<FailPoint, Place> places = new EnumMap<>(FailPoint.class);
  private @Nullable Runnable meanwhile;
  private @Nullable SimulatedNode running;
  private boolean delaying;
  private boolean active;

  /** Names an action as the summary does. */
  enum Action {
    CRASHED,
    FAILED,
    DELAYED
  }

  /** Ends a process: an error, since nothing of it may go on. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String where) {
      super("died at " + where, null, false, false);
    }
  }

  private static final class Place {
    private final Map<Action, Long> struck = new EnumMap<>(Action.class);
    private long passes;
    private long next;
  }

  Strikes(long seed, Cluster cluster) {
    this.cluster = cluster;
    this.random = new SplittableRandom(~seed);
    boolean calm = percent(CALM_HISTORIES_PERCENT);
    for (FailPoint point : FailPoint.values()) {
      Place place = new Place();
      place.next = !calm && percent(STRIKING_PLACES_PERCENT) ? passes(FIRST_PASS_MAX) : NEVER;
      places.put(point, place);
    }
  }

  /** Soon, as at places that are seldom passed, or later. */
  private int passes(int max) {
    return 1 + random.nextInt(percent(50) ? Math.min(max, SOON_MAX) : max);
  }

  private boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /** What goes on while a thread is held. */
  void meanwhile(Runnable others) {
    meanwhile = others;
  }

  /** Whether anything strikes from now on; it does not at first. */
  void activate(boolean isActive) {
    active = isActive;
  }

  /**
   * Does something as a thread of a node does. The thread ends with what it does, also when that
   * fails; the process ends when something in it died.
   */
  void on(SimulatedNode node, Runnable what) {
    SimulatedNode before = running;
    running = node;
    node.enter();
    boolean died = false;
    try {
      what.run();
      node.mustLive();
    } catch (FailPointException e) {
      cluster.note("node", node.number, "goes on after", String.valueOf(e.getMessage()));
    } catch (Crash e) {
      if (node.isWithinAnother()) {
        throw e;
      }
      died = true;
    } finally {
      running = before;
      node.leave();
    }
    if (died) {
      cluster.bury(node.number);
    }
  }

  @Override
  public void at(FailPoint point) {
    Place place = place(point);
    SimulatedNode node = running;
    place.passes++;
    boolean due = place.next != NEVER && place.passes >= place.next;
    if (!active || !due || node == null || !node.isUp()) {
      return;
    }
    place.next = place.passes + LATER_PASSES_MIN + passes(LATER_PASSES_MAX);
    Action action = ACTIONS.get(random.nextInt(ACTIONS.size()));
    if (action == Action.DELAYED && (delaying || meanwhile == null)) {
      return; // one at a time
    }
    place.struck.merge(action, 1L, Long::sum);
    cluster.struck("node " + node.number + " " + word(action) + " at failpoint " + point);
    switch (action) {
      case CRASHED -> throw cluster.die(node, point.name());
      case FAILED -> throw new FailPointException(point);
      case DELAYED -> delay(node);
    }
  }

  private Place place(FailPoint point) {
    return Objects.requireNonNull(places.get(point));
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  /** Everybody else goes on, and other threads of the node; it may be dead when this one does. */
  private void delay(SimulatedNode node) {
    Runnable others = meanwhile;
    if (others == null) {
      return;
    }
    delaying = true;
    running = null;
    try {
      others.run();
    } finally {
      delaying = false;
      running = node;
    }
  }

  /** What was reached and what struck, for a summary. */
  void addTo(Map<String, Long> outcomes) {
    for (FailPoint point : FailPoint.values()) {
      Place place = place(point);
      if (place.passes > 0) {
        outcomes.put(at(point, "reached"), place.passes);
        for (Action action : Action.values()) {
          outcomes.put(at(point, word(action)), place.struck.getOrDefault(action, 0L));
        }
      }
    }
  }

  static String at(FailPoint point, String what) {
    return AT + point + " " + what;
  }

  /** Takes the failpoints out of a summary, as a table. */
  static String takeTable(Map<String, Long> outcomes) {
    StringBuilder table =
        new StringBuilder("failpoint           reached  crashed   failed  delayed\n");
    for (FailPoint point : FailPoint.values()) {
      if (outcomes.containsKey(at(point, "reached"))) {
        table.append("%-18s".formatted(point));
        for (String what : List.of("reached", "crashed", "failed", "delayed")) {
          table.append("%9d".formatted(outcomes.get(at(point, what))));
        }
        table.append('\n');
      }
    }
    outcomes.keySet().removeIf(key -> key.startsWith(AT));
    return table.toString();
  }
}
