package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.check.Attempted.Effect;
import dev.holdfast.cli.drill.check.Op.Told;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Model;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a small history by search, without trust in positions, versions or the log: looks for any
 * order of the calls that fits real time and explains all answers, for each group of items that
 * belong together. Exponential at worst, so groups have at most {@value #CALLS_MAX} calls by
 * {@value #CLIENTS_MAX} clients.
 *
 * <p>Knows items, their terms, reservations, orders and batches of them, and reads; neither leases
 * nor transfers. Whether a reservation expired in time is judged by the callers' clock only.
 */
public final class Search {
  public static final int CLIENTS_MAX = 10;
  public static final int CALLS_MAX = 500;

  private static final Set<Told> WITHOUT_EFFECT = EnumSet.of(Told.NOT_TRIED, Told.KEY_REUSED);

  private final Settings settings;
  private final Duration clockTolerance;
  private final Findings findings = new Findings();

  private Search(Settings settings, Duration clockTolerance) {
    this.settings = settings;
    this.clockTolerance = clockTolerance;
  }

  /**
   * Checks a history.
   *
   * @param clockTolerance by how much a reservation may expire early on the callers' clock
   * @param limit time for each group; when it is over, the group is reported as undecided
   * @return what is wrong; empty when everything is explained
   */
  public static List<Finding> check(
      History history, Settings settings, Duration clockTolerance, Duration limit) {
    return new Search(settings, clockTolerance).run(history, limit);
  }

  private List<Finding> run(History history, Duration limit) {
    Parts parts = new Parts(findings);
    history.packed().forEach(parts::add);
    for (List<Attempted> group : Keys.split(attempted(parts.ops()))) {
      long clients = group.stream().map(each -> each.call().client()).distinct().count();
      if (group.size() > CALLS_MAX || clients > CLIENTS_MAX) {
        String what = group.size() + " calls by " + clients + " clients are too many";
        findings.add(Breach.UNDECIDED, what);
      } else {
        check(group, limit);
      }
    }
    return findings.all();
  }

  private void check(List<Attempted> group, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    Linearization search = new Linearization(group, new Model(settings), deadline);
    if (search.exists()) {
      return;
    }
    Call[] calls =
        group.stream()
            .filter(each -> each.effect() == Effect.CALL && each.begin() <= search.stuckAt())
            .map(Attempted::call)
            .sorted(Comparator.comparingLong(Call::beginNanos))
            .toArray(Call[]::new);
    if (search.isOutOfTime()) {
      findings.add(Breach.UNDECIDED, "no order found within " + limit, calls);
    } else {
      findings.add(Breach.NOT_LINEARIZABLE, "no order of these calls explains them", calls);
    }
  }

  private List<Attempted> attempted(List<Op> ops) {
    List<Attempted> attempted = new ArrayList<>();
    Map<Long, List<Op>> byKey = new HashMap<>();
    for (Op op : ops) {
      if (op.isRead()) {
        attempted.add(new Attempted(op.begin(), op.end(), op.call(), Effect.CALL));
      } else if (!WITHOUT_EFFECT.contains(op.told())) {
        byKey.computeIfAbsent(op.keyPrint(), first -> new ArrayList<>()).add(op);
      }
    }
    byKey.values().forEach(same -> add(same, attempted));
    return attempted;
  }

  /** All calls with one key have one effect, and end when the first of them is told. */
  private void add(List<Op> same, List<Attempted> attempted) {
    Step step = new Step(0, null, same);
    Op told = same.stream().filter(Op::isTold).findFirst().orElse(same.get(0));
    Call call = told.call();
    attempted.add(new Attempted(step.begin(), step.end(), call, Effect.CALL));
    if (call.request() instanceof ReserveRequest reserve
        && !(call.outcome() instanceof Outcome.Refused)) {
      Duration ttl =
          reserve.getTtlMillis() == 0
              ? settings.reservationTtl()
              : Duration.ofMillis(reserve.getTtlMillis());
      long over = step.begin() + Math.max(0, ttl.minus(clockTolerance).toNanos());
      attempted.add(new Attempted(over, Call.NEVER, call, Effect.LAPSE));
      attempted.add(new Attempted(over, Call.NEVER, call, Effect.EXPIRE));
    }
  }
}
