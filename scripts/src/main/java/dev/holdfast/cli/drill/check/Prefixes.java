package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.LogEntry;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.history.PackedCall;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A history as it was known at the end of one of its calls: later calls are left out, and of those
 * that still ran the outcome is not known yet. The log ends before the first event that a call
 * asked for that is left out, since nobody would have asked for it.
 */
final class Prefixes {
  private final History history;
  private final @Nullable EventLog log;
  private final long[] ends;
  private final Map<Long, Long> asked = new HashMap<>();

  Prefixes(History history, @Nullable EventLog log) {
    this.history = history;
    this.log = log;
    ends =
        history.packed().stream()
            .mapToLong(PackedCall::endNanos)
            .filter(end -> end != Call.NEVER)
            .sorted()
            .distinct()
            .toArray();
    if (log != null) {
      history.packed().forEach(packed -> packed.unpack().operations().forEach(this::addAsked));
    }
  }

  private void addAsked(Call command) {
    String key = Fields.key(command.request());
    if (!key.isEmpty()) {
      asked.merge(Op.print(key), command.beginNanos(), Math::min);
    }
  }

  /** How many there are, the shortest first. */
  int count() {
    return ends.length;
  }

  /** The place of the shortest prefix in which all these calls have ended. */
  int placeOf(List<Call> calls) {
    long end =
        calls.stream()
            .mapToLong(Call::endNanos)
            .filter(each -> each != Call.NEVER)
            .max()
            .orElse(Call.NEVER);
    int place = Arrays.binarySearch(ends, end);
    return place >= 0 ? place : Math.min(-place - 1, ends.length - 1);
  }

  History history(int place) {
    long now = ends[place];
    History prefix = new History();
    for (PackedCall packed : history.packed()) {
      if (packed.endNanos() <= now) {
        prefix.add(packed);
      } else if (packed.beginNanos() <= now) {
        addRunning(packed.unpack(), prefix);
      }
    }
    return prefix;
  }

  private static void addRunning(Call call, History prefix) {
    if (!call.kind().isRead()) {
      prefix.add(
          new Call(
              call.client(),
              call.beginNanos(),
              Call.NEVER,
              call.request(),
              Outcome.Undecided.UNKNOWN));
    }
  }

  @Nullable EventLog log(int place) {
    if (log == null) {
      return null;
    }
    EventLog prefix = new EventLog();
    for (int partition : log.partitions()) {
      for (LogEntry entry : log.of(partition)) {
        if (asked.getOrDefault(Op.print(entry.key()), 0L) > ends[place]) {
          break;
        }
        prefix.add(entry);
      }
    }
    return prefix;
  }
}
