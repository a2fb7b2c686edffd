package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.LogEntry;
import dev.holdfast.cli.drill.model.Model;
import dev.holdfast.cli.drill.model.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a history with the help of the positions in its answers: they say in which order the
 * commands were decided, so one replay on the reference model shows whether every answer is right,
 * and a sweep whether the order fits real time. O(n log n).
 *
 * <p>Every call that changes the stores of the history must be in it, from their creation on, and
 * no idempotency key may be older than the nodes' {@code receipts.retention}. Not checked: whether
 * the destination of a shipment has any item, and limits on the number of leases.
 */
public final class Witness {
  private final Settings settings;
  private final Findings findings = new Findings();
  private final Parts parts = new Parts(findings);
  private final SystemSteps system = new SystemSteps(parts::isNamed, findings);
  private final Map<Integer, Model> models = new HashMap<>();

  private Witness(Settings settings) {
    this.settings = settings;
  }

  /**
   * Checks a history.
   *
   * @param log of all partitions, read to its end after the last call; null when there is none:
   *     then effects of unknown outcomes and of the system are assumed where an answer shows them,
   *     and an answer that does not fit is {@link Breach#UNDECIDED}
   * @return all broken promises that were found; empty when there is none
   */
  public static List<Finding> check(History history, @Nullable EventLog log, Settings settings) {
    return new Witness(settings).run(history, log);
  }

  private List<Finding> run(History history, @Nullable EventLog log) {
    history.packed().forEach(parts::add);
    if (log != null) {
      log.partitions().forEach(partition -> log.of(partition).forEach(parts::learn));
    }
    Map<Integer, List<Op>> mutations = new TreeMap<>();
    Map<Integer, List<Op>> reads = new TreeMap<>();
    for (Op op : parts.ops()) {
      (op.isRead() ? reads : mutations)
          .computeIfAbsent(op.partition(), first -> new ArrayList<>())
          .add(op);
      (op.isRead() ? mutations : reads).computeIfAbsent(op.partition(), first -> new ArrayList<>());
    }
    if (log != null) {
      for (int partition : log.partitions()) {
        mutations.computeIfAbsent(partition, first -> new ArrayList<>());
        reads.computeIfAbsent(partition, first -> new ArrayList<>());
      }
    }
    mutations.forEach(
        (partition, ops) ->
            check(
                partition,
                ops,
                reads.getOrDefault(partition, List.of()),
                log == null ? null : log.of(partition)));
    system.check(store -> model(parts.partitionOf(store)));
    return findings.all();
  }

  private Model model(int partition) {
    return models.computeIfAbsent(partition, first -> new Model(settings));
  }

  private void check(
      int partition, List<Op> mutations, List<Op> reads, @Nullable List<LogEntry> log) {
    Steps steps = new Steps(log, parts::isNamed, findings);
    steps.join(mutations);
    RealTime time = new RealTime(steps.placed(), reads);
    time.check(steps.placed(), reads, findings);
    List<Op> floating = new ArrayList<>(reads);
    floating.addAll(steps.floating());
    Model model = model(partition);
    Unlogged unlogged = new Unlogged(log != null, steps.open(), model);
    LogTimes times = new LogTimes(steps.placed(), settings);
    new Replay(steps.placed(), times, unlogged, system, model, findings).run(floating, time);
  }
}
