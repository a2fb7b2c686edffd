package dev.holdfast.cli.drill.report;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.cli.drill.run.DrillPlan;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.cli.drill.run.Timeline.Phase;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.EarlierAnswer;
import dev.holdfast.proto.inventory.v1.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results of drills, call by call, in milliseconds since the begin. */
final class DrawnRun {
  private static final long BEGIN = 5_000_000_000L;

  private final List<Call> calls = new ArrayList<>();
  private final List<Phase> phases = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  DrawnRun phase(String name, long beginMillis, long endMillis) {
    phases.add(new Phase(name, nanos(beginMillis), nanos(endMillis)));
    return this;
  }

  DrawnRun finding(Finding finding) {
    findings.add(finding);
    return this;
  }

  DrawnRun call(long beginMillis, long endMillis, Outcome outcome) {
    return call(beginMillis, endMillis, adjust("store-0"), outcome);
  }

  DrawnRun call(long beginMillis, long endMillis, Message request, Outcome outcome) {
    calls.add(new Call(1, nanos(beginMillis), nanos(endMillis), request, outcome));
    return this;
  }

  /** Writes that end every so many milliseconds, after a millisecond each. */
  DrawnRun writes(int partition, long fromMillis, long toMillis, long everyMillis) {
    for (long at = fromMillis; at <= toMillis; at += everyMillis) {
      call(at - 1, at, adjust("store-" + partition), written(partition));
    }
    return this;
  }

  List<Call> calls() {
    return calls;
  }

  DrillResult result() {
    DrillPlan plan =
        new DrillPlan(List.of("127.0.0.1:7101"), true, 17, 4, 1, Duration.ofSeconds(10));
    return new DrillResult(
        plan,
        Settings.DEFAULT,
        History.of(calls),
        new EventLog(),
        phases,
        calls.size(),
        BEGIN,
        findings);
  }

  static AdjustStockRequest adjust(String store) {
    return AdjustStockRequest.newBuilder()
        .setStore(store)
        .setSku("tea")
        .setDelta(1)
        .setIdempotencyKey("k")
        .build();
  }

  static Outcome written(int partition) {
    return new Outcome.Answered(answer(partition).build());
  }

  /** An answer that was given before. */
  static Outcome repeated(int partition) {
    return new Outcome.Answered(
        answer(partition).setEarlier(EarlierAnswer.newBuilder().setDecidedMillis(1)).build());
  }

  private static AdjustStockResponse.Builder answer(int partition) {
    Position position = Position.newBuilder().setPartition(partition).setSequence(1).build();
    return AdjustStockResponse.newBuilder().setPosition(position);
  }

  static Outcome refused(String reason) {
    return new Outcome.Refused(reason, Map.of());
  }

  private static long nanos(long millis) {
    return BEGIN + millis * 1_000_000;
  }
}
