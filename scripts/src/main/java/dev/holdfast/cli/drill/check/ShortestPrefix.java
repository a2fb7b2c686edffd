package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.model.Settings;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Searches for the shortest beginning of a failing history that still shows a finding: short enough
 * to be read, and quick to check while a bug is looked for. Most findings show at the end of their
 * last call, so the search begins there.
 */
public final class ShortestPrefix {
  /**
   * A beginning of a history; see {@link Prefixes}.
   *
   * @param finding as the prefix shows it
   */
  public record Prefix(History history, @Nullable EventLog log, Finding finding) {}

  private final Prefixes prefixes;
  private final Finding wanted;
  private final Settings settings;
  private final long deadline;

  private ShortestPrefix(Prefixes prefixes, Finding wanted, Settings settings, Duration limit) {
    this.prefixes = prefixes;
    this.wanted = wanted;
    this.settings = settings;
    deadline = System.nanoTime() + limit.toNanos();
  }

  /**
   * Searches by bisection with {@link Witness}.
   *
   * @param finding what the whole history shows
   * @param limit when this time is over, the shortest prefix so far is the result
   */
  public static Prefix of(
      History history, @Nullable EventLog log, Finding finding, Settings settings, Duration limit) {
    if (finding.breach() == Breach.NOT_LINEARIZABLE) {
      return new Prefix(History.of(finding.calls()), null, finding); // the search ended there
    }
    Prefixes prefixes = new Prefixes(history, log);
    if (prefixes.count() == 0) {
      return new Prefix(history, log, finding);
    }
    ShortestPrefix search = new ShortestPrefix(prefixes, finding, settings, limit);
    int place = search.place();
    return search
        .finding(place)
        .map(shown -> new Prefix(prefixes.history(place), prefixes.log(place), shown))
        .orElse(new Prefix(history, log, finding));
  }

  /** The place of the shortest prefix that shows it. */
  private int place() {
    int start = prefixes.placeOf(wanted.calls());
    return shows(start) ? shorter(start) : longer(start);
  }

  private int shorter(int start) {
    int shown = start;
    for (int step = 1; step <= shown && !isOver(); step *= 2) {
      if (!shows(shown - step)) {
        return bisect(shown - step, shown);
      }
      shown -= step;
    }
    return bisect(-1, shown);
  }

  private int longer(int start) {
    int last = prefixes.count() - 1;
    int notShown = start;
    for (int step = 1; notShown + step < last && !isOver(); step *= 2) {
      if (shows(notShown + step)) {
        return bisect(notShown, notShown + step);
      }
      notShown += step;
    }
    return bisect(notShown, last);
  }

  private int bisect(int notShown, int shown) {
    int low = notShown;
    int high = shown;
    while (high - low > 1 && !isOver()) {
      int middle = (low + high) >>> 1;
      if (shows(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private boolean isOver() {
    return System.nanoTime() > deadline;
  }

  private boolean shows(int place) {
    return finding(place).isPresent();
  }

  private Optional<Finding> finding(int place) {
    return Witness.check(prefixes.history(place), prefixes.log(place), settings).stream()
        .filter(this::isWanted)
        .findFirst();
  }

  /**
   * The cut itself may show, as another finding of the same kind: so it must be of the same call.
   */
  private boolean isWanted(Finding found) {
    if (found.breach() != wanted.breach()) {
      return false;
    }
    return wanted.calls().isEmpty()
        ? found.what().equals(wanted.what())
        : found.calls().stream().anyMatch(call -> contains(wanted.calls(), call));
  }

  private static boolean contains(Collection<Call> calls, Call call) {
    return calls.stream()
        .anyMatch(
            each ->
                each.client() == call.client()
                    && each.beginNanos() == call.beginNanos()
                    && each.request().equals(call.request()));
  }
}
