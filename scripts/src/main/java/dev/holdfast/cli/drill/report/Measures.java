package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.PackedCall;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.cli.drill.run.Timeline.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Everything that a report says in numbers: one pass over the calls. For one thread. */
final class Measures {
  /** Shorter rests between phases are no time of their own. */
  private static final double BETWEEN_SECONDS_MIN = 0.1;

  private static final int DIGITS = 3;
  private static final int GAP_MILLIS_MIN = 10;

  private final long beginNanos;
  private final long endNanos;
  private final List<Phase> phases;
  private final Spans spans;
  private final Tally[] tallies;
  private final long[] decidedWithin;
  private final Tally between = new Tally(DIGITS);
  private final Tally whole = new Tally(DIGITS);
  private final Seconds seconds;
  private final WriteGaps gaps = new WriteGaps();

  private Measures(DrillResult result) {
    beginNanos = begin(result);
    endNanos = end(result);
    phases = result.phases().stream().map(this::withEnd).toList();
    spans = new Spans(phases);
    tallies = Stream.generate(() -> new Tally(DIGITS)).limit(phases.size()).toArray(Tally[]::new);
    decidedWithin = new long[phases.size()];
    seconds = new Seconds(millis(endNanos));
  }

  static Measures of(DrillResult result) {
    Measures measures = new Measures(result);
    result.history().packed().forEach(packed -> measures.add(packed.unpack()));
    return measures;
  }

  private static long begin(DrillResult result) {
    LongStream times =
        LongStream.concat(
            result.history().packed().stream().mapToLong(PackedCall::beginNanos),
            result.phases().stream().mapToLong(Phase::beginNanos));
    return Math.min(result.beginNanos(), times.min().orElse(result.beginNanos()));
  }

  private static long end(DrillResult result) {
    LongStream times =
        LongStream.concat(
            result.history().packed().stream()
                .flatMapToLong(call -> LongStream.of(call.beginNanos(), call.endNanos())),
            result.phases().stream()
                .flatMapToLong(phase -> LongStream.of(phase.beginNanos(), phase.endNanos())));
    return times.filter(time -> time != Call.NEVER).max().orElse(result.beginNanos());
  }

  private Phase withEnd(Phase phase) {
    return new Phase(phase.name(), phase.beginNanos(), Math.min(phase.endNanos(), endNanos));
  }

  private void add(Call call) {
    long end = Math.min(call.endNanos(), endNanos);
    List<Call> operations = call.operations();
    Counts counts = Counts.of(operations);
    whole.add(call, counts);
    seconds.add(call, counts, millis(end));
    int[] met = spans.of(call.beginNanos(), end);
    for (int phase : met) {
      tallies[phase].add(call, counts);
    }
    if (met.length == 0) {
      between.add(call, counts);
    }
    for (int phase : spans.at(end)) {
      decidedWithin[phase] += counts.decided();
    }
    if (!call.kind().isRead()) {
      operations.forEach(each -> gaps.add(each, millis(end)));
    }
  }

  long millis(long nanos) {
    return (nanos - beginNanos) / 1_000_000;
  }

  List<Phase> phases() {
    return phases;
  }

  Seconds seconds() {
    return seconds;
  }

  WriteGaps gaps() {
    return gaps;
  }

  List<PhaseRow> rows() {
    List<WriteGaps.Gap> all = gaps.atLeast(GAP_MILLIS_MIN);
    List<PhaseRow> rows = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      double length = (phase.endNanos() - phase.beginNanos()) / 1e9;
      rows.add(row(phase, length, tallies[i], decidedWithin[i], gapMillis(phase, all)));
    }
    Phase run = new Phase(PhaseRow.WHOLE_RUN, beginNanos, endNanos);
    double quiet = spans.quietNanos(beginNanos, endNanos) / 1e9;
    if (!phases.isEmpty() && quiet >= BETWEEN_SECONDS_MIN) {
      Phase rest = new Phase(PhaseRow.BETWEEN, beginNanos, endNanos);
      rows.add(row(rest, quiet, between, between.counts().decided(), quietGapMillis(all)));
    }
    long longest = all.stream().mapToLong(WriteGaps.Gap::millis).max().orElse(0);
    double length = (endNanos - beginNanos) / 1e9;
    rows.add(row(run, length, whole, whole.counts().decided(), longest));
    return rows;
  }

  private PhaseRow row(Phase phase, double length, Tally tally, long decided, long gapMillis) {
    double perSecond = length == 0 ? 0 : decided / length;
    return new PhaseRow(
        phase.name(),
        (phase.beginNanos() - beginNanos) / 1e9,
        length,
        tally.counts(),
        new PhaseRow.Pace(perSecond, tally.millis(50), tally.millis(99)),
        gapMillis / 1e3);
  }

  /** The longest gap that a phase met, from its begin up to the begin of the next one after it. */
  private long gapMillis(Phase phase, List<WriteGaps.Gap> all) {
    long from = millis(phase.beginNanos());
    long end = millis(phase.endNanos());
    long limit =
        phases.stream()
            .filter(later -> !later.equals(phase) && later.beginNanos() >= phase.endNanos())
            .mapToLong(later -> millis(later.beginNanos()))
            .min()
            .orElse(Long.MAX_VALUE);
    return all.stream()
        .filter(gap -> gap.fromMillis() < end && gap.toMillis() > from)
        .mapToLong(gap -> gap.millisWithin(from, limit))
        .max()
        .orElse(0);
  }

  private long quietGapMillis(List<WriteGaps.Gap> all) {
    return all.stream()
        .filter(gap -> !meetsPhase(gap))
        .mapToLong(WriteGaps.Gap::millis)
        .max()
        .orElse(0);
  }

  private boolean meetsPhase(WriteGaps.Gap gap) {
    return phases.stream()
        .anyMatch(
            phase ->
                gap.fromMillis() < millis(phase.endNanos())
                    && gap.toMillis() > millis(phase.beginNanos()));
  }
}
