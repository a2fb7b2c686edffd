package dev.holdfast.cli.drill.check;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.check.Op.Told;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.LogEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Joins the mutations of one partition with the events of its log, by idempotency key, and puts
 * each in its place.
 */
final class Steps {
  private static final List<String> NOT_IN_FINGERPRINT =
      List.of("idempotency_key", "fencing_tokens");

  private final @Nullable List<LogEntry> log;
  private final Predicate<String> isOurs;
  private final Findings findings;
  private final List<Step> placed = new ArrayList<>();
  private final List<Op> floating = new ArrayList<>();
  private final List<Op> open = new ArrayList<>();

  /**
   * @param log null when there is none
   * @param isOurs tells the stores that only the recorded calls change
   */
  Steps(@Nullable List<LogEntry> log, Predicate<String> isOurs, Findings findings) {
    this.log = log;
    this.isOurs = isOurs;
    this.findings = findings;
  }

  /** In the order of the log. */
  List<Step> placed() {
    return placed;
  }

  /** Refusals that have no place: they are true at some moment of their call, or never. */
  List<Op> floating() {
    return floating;
  }

  /** Mutations that may have happened, when there is no log that tells. */
  List<Op> open() {
    return open;
  }

  void join(List<Op> mutations) {
    List<Op> ops = new ArrayList<>(mutations);
    ops.sort(Comparator.comparingLong(Op::keyPrint));
    List<Keyed> events = keyedEvents();
    int event = 0;
    for (int from = 0, to; from < ops.size(); from = to) {
      long key = ops.get(from).keyPrint();
      to = endOf(ops, from);
      for (; event < events.size() && events.get(event).print < key; event++) {
        unasked(events.get(event).entry);
      }
      List<LogEntry> own = new ArrayList<>();
      for (; event < events.size() && events.get(event).print == key; event++) {
        own.add(events.get(event).entry);
      }
      join(List.copyOf(ops.subList(from, to)), own);
    }
    for (; event < events.size(); event++) {
      unasked(events.get(event).entry);
    }
    placed.sort(Comparator.comparingLong(Step::sequence));
    checkPlaces();
  }

  private record Keyed(long print, LogEntry entry) {}

  private static int endOf(List<Op> ops, int from) {
    int to = from;
    while (to < ops.size() && ops.get(to).keyPrint() == ops.get(from).keyPrint()) {
      to++;
    }
    return to;
  }

  private List<Keyed> keyedEvents() {
    List<Keyed> keyed = new ArrayList<>();
    if (log != null) {
      for (LogEntry entry : log) {
        if (entry.key().isEmpty()) {
          addUnkeyed(entry);
        } else {
          keyed.add(new Keyed(Op.print(entry.key()), entry));
        }
      }
    }
    keyed.sort(Comparator.comparingLong(Keyed::print));
    return keyed;
  }

  private void addUnkeyed(LogEntry entry) {
    placed.add(new Step(entry.sequence(), entry, List.of()));
    if (entry.system() == null && isOurs.test(entry.store())) {
      findings.add(Breach.UNASKED, "no call asked for " + entry, List.of());
    }
  }

  private void unasked(LogEntry entry) {
    placed.add(new Step(entry.sequence(), entry, List.of()));
    if (isOurs.test(entry.store())) {
      findings.add(Breach.UNASKED, "no call asked for " + entry, List.of());
    }
  }

  /** All calls with one key, and the events with it. */
  private void join(List<Op> ops, List<LogEntry> events) {
    checkReuse(ops);
    ops.stream().filter(op -> op.told() == Told.REFUSED_FOR_NOW).forEach(floating::add);
    List<Op> tried = ofOnePayload(ops.stream().filter(Steps::mayBeInLog).toList());
    if (log == null) {
      place(tried);
    } else if (events.isEmpty()) {
      checkNoEvent(tried);
    } else {
      place(ops, tried, events);
    }
  }

  private static boolean mayBeInLog(Op op) {
    return op.isTold() || op.told() == Told.UNKNOWN;
  }

  /** Without calls that reused the key of one that was told, and were not told so. */
  private static List<Op> ofOnePayload(List<Op> tried) {
    Op told = tried.stream().filter(Op::isTold).findFirst().orElse(null);
    if (tried.size() < 2 || told == null) {
      return tried;
    }
    Message payload = payload(told);
    return tried.stream().filter(op -> payload(op).equals(payload)).toList();
  }

  /** A key is reused only when another payload had it first. */
  private void checkReuse(List<Op> ops) {
    for (Op op : ops) {
      if (op.told() == Told.KEY_REUSED
          && ops.stream().noneMatch(other -> mayBeInLog(other) && isOtherPayload(op, other))) {
        findings.add(Breach.NEVER_TRUE, "no other payload had the key", op.call());
      }
    }
  }

  private static boolean isOtherPayload(Op op, Op other) {
    return other.begin() < op.end() && !payload(op).equals(payload(other));
  }

  private static Message payload(Op op) {
    return Fields.without(op.call().request(), NOT_IN_FINGERPRINT);
  }

  private void place(List<Op> tried) {
    Set<Long> positions = positions(tried);
    if (positions.size() > 1) {
      findings.add(Breach.KEY_WITH_TWO_ANSWERS, "one key was answered with " + positions, tried);
    }
    if (!positions.isEmpty()) {
      placed.add(new Step(positions.iterator().next(), null, tried));
      return;
    }
    for (Op op : tried) {
      (op.told() == Told.REFUSED ? floating : open).add(op);
    }
  }

  private static Set<Long> positions(List<Op> ops) {
    Set<Long> positions = new TreeSet<>();
    ops.stream().filter(op -> op.sequence() > 0).forEach(op -> positions.add(op.sequence()));
    return positions;
  }

  private void checkNoEvent(List<Op> tried) {
    for (Op op : tried) {
      if (op.told() == Told.ANSWERED) {
        String what = "acknowledged at " + op.sequence() + ", but the log has no such event";
        findings.add(Breach.LOST, what, op.call());
      } else if (op.told() == Told.REFUSED) {
        String what = "the log has no such event as " + op.call().outcome();
        findings.add(Breach.LOST, what, op.call());
      }
    }
  }

  private void place(List<Op> all, List<Op> tried, List<LogEntry> events) {
    if (events.size() > 1) {
      findings.add(Breach.DOUBLED, "decided more than once: " + events, all);
    }
    LogEntry event = events.get(0);
    for (Op op : tried) {
      if (op.told() == Told.ANSWERED && op.sequence() != event.sequence()) {
        String what = "acknowledged at " + op.sequence() + ", but decided at " + event.sequence();
        findings.add(Breach.WRONG_ANSWER, what, op.call());
      }
      if (op.isTold() && (op.told() == Told.REFUSED) != event.isRejection()) {
        String what = "told otherwise than the log has it: " + event;
        findings.add(Breach.WRONG_ANSWER, what, op.call());
      }
    }
    if (tried.isEmpty()) {
      findings.add(Breach.UNASKED, "told to be not tried, but decided: " + event, all);
    }
    events.forEach(each -> placed.add(new Step(each.sequence(), each, tried)));
  }

  /** One event to each position, and with a log none left out. */
  private void checkPlaces() {
    for (int i = 1; i < placed.size(); i++) {
      Step before = placed.get(i - 1);
      Step step = placed.get(i);
      if (step.sequence() == before.sequence()) {
        List<Op> both = new ArrayList<>(before.ops());
        both.addAll(step.ops());
        findings.add(Breach.DOUBLED, "two events at " + step.sequence(), both);
      } else if (log != null && step.sequence() != before.sequence() + 1) {
        String what = "from " + before.sequence() + " to " + step.sequence();
        findings.add(Breach.BROKEN_LOG, "the log goes " + what, step.ops());
      }
      checkTime(before.entry(), step.entry());
    }
  }

  private void checkTime(@Nullable LogEntry before, @Nullable LogEntry entry) {
    if (before != null && entry != null && entry.millis() < before.millis()) {
      findings.add(Breach.BROKEN_LOG, "time runs backwards to " + entry, List.of());
    }
  }
}
