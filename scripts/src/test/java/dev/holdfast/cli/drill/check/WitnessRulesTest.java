package dev.holdfast.cli.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.LogEntry;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.cli.drill.workload.RandomRequests;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.ReadOptions;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.proto.log.v1.HandoverSettled;
import dev.holdfast.proto.log.v1.StockAdjusted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Short histories that break one rule each, which no other rule notices. */
final class WitnessRulesTest {
  private static final long MILLIS = 1_000_000;

  private final EventLog log = new EventLog();
  private final SimulatedPartition partition = new SimulatedPartition(0, log);
  private final List<Call> calls = new ArrayList<>();
  private long nanos;

  @Test
  void shouldAcceptWhatBreaksNone() {
    call(create("tea"));
    call(adjust("tea", -3, "b"));
    call(adjust("tea", -30, "c"));
    read("tea", nanos, 3);

    assertThat(breaches(log)).isEmpty();
  }

  /** Of what comes from the model, no history of its own can tell. */
  @Test
  void shouldLockWhatIsLeased() {
    call(create("tea"));
    call(
        AcquireLeaseRequest.newBuilder()
            .setStore("s")
            .setSku("tea")
            .setHolder("till 1")
            .setTtlMillis(60_000)
            .setIdempotencyKey("lease")
            .build());
    Call refused = call(adjust("tea", -3, "b"));

    assertThat(refused.outcome())
        .isInstanceOfSatisfying(
            Outcome.Refused.class, why -> assertThat(why.reason()).isEqualTo("LOCKED"));
  }

  @Test
  void shouldFindReadAsOfWhatWasOver() {
    call(create("tea"));
    call(create("cup"));
    read("tea", nanos, 1);

    assertThat(breaches(log)).containsExactly(Breach.WRONG_READ);
  }

  @Test
  void shouldFindReadAsOfWhatWasOverWhenAnEarlierCallEndedLater() {
    call(create("tea"));
    CreateItemRequest cup = create("cup");
    CreateItemRequest pot = create("pot");
    calls.add(new Call(1, nanos, nanos + 30, cup, decide(cup)));
    calls.add(new Call(2, nanos, nanos + 5, pot, decide(pot)));
    read("tea", nanos + 40, 2);

    assertThat(breaches(log)).containsExactly(Breach.WRONG_READ);
  }

  @Test
  void shouldFindReadAsOfWhatHadNotBegun() {
    call(create("tea"));
    long begin = nanos;
    nanos += 10;
    call(create("cup"));
    read("tea", begin, 2);

    assertThat(breaches(log)).containsExactly(Breach.REORDERED, Breach.WRONG_READ);
  }

  @Test
  void shouldAcceptLateReadOfWhatAnEarlierReadSawChanged() {
    call(create("tea"));
    Outcome before = seen("tea", 1);
    long begin = nanos;
    nanos += 10;
    call(adjust("tea", -3, "b"));
    calls.add(new Call(2, begin, nanos, get("tea"), seen("tea", 1)));
    GetStockRequest late =
        get("tea").toBuilder().setRead(ReadOptions.newBuilder().setMaxStalenessMillis(60)).build();
    calls.add(new Call(3, nanos + 10, nanos + 20, late, before));

    assertThat(breaches(log)).isEmpty();
  }

  @Test
  void shouldFindRefusalThatTellsOtherNumbers() {
    refuseWithOtherNumbers();

    assertThat(breaches(log)).containsExactly(Breach.NEVER_TRUE);
  }

  @Test
  void shouldFindRefusalThatTellsOtherNumbersBySearchToo() {
    refuseWithOtherNumbers();

    assertThat(
            Search.check(
                History.of(calls), Settings.DEFAULT, Duration.ZERO, Duration.ofSeconds(60)))
        .extracting(Finding::breach)
        .containsExactly(Breach.NOT_LINEARIZABLE);
  }

  private void refuseWithOtherNumbers() {
    call(create("tea"));
    Call refused = call(adjust("tea", -30, "b"));
    Outcome.Refused right = (Outcome.Refused) refused.outcome();
    Map<String, String> details = new TreeMap<>(right.details());
    details.put("available", "9");
    tell(refused, new Outcome.Refused(right.reason(), details));
  }

  @Test
  void shouldFindRefusalThatTheLogLacks() {
    call(create("tea"));
    AdjustStockRequest request = adjust("tea", -30, "b");
    Outcome right = partition.model.answer(request, partition.moment(MILLIS));
    calls.add(new Call(1, nanos, nanos + 5, request, right));

    assertThat(breaches(log)).containsExactly(Breach.LOST);
  }

  @Test
  void shouldFindRefusalOfWhatTheLogAccepted() {
    call(create("tea"));
    Call accepted = call(adjust("tea", -3, "b"));
    tell(accepted, new Outcome.Refused("INSUFFICIENT_STOCK", Map.of()));

    assertThat(breaches(log)).contains(Breach.WRONG_ANSWER);
  }

  @Test
  void shouldFindGapInTheLog() {
    call(create("tea"));
    partition.appendDigest(MILLIS);
    call(create("cup"));

    assertThat(breaches(without(2))).containsExactly(Breach.BROKEN_LOG);
  }

  @Test
  void shouldFindTwoEventsAtOnePosition() {
    CreateItemRequest tea = create("tea");
    CreateItemRequest cup = create("cup");
    SimulatedPartition other = new SimulatedPartition(0, new EventLog());
    Outcome second = other.record(cup, other.model.answer(cup, other.moment(MILLIS)), MILLIS);
    calls.add(new Call(1, 0, 5, tea, decide(tea)));
    calls.add(new Call(2, 0, 5, cup, second));

    assertThat(breaches(null)).containsExactly(Breach.DOUBLED);
  }

  @Test
  void shouldFindTimeThatRunsBackwards() {
    call(create("tea"));
    partition.appendDigest(MILLIS - 1);

    assertThat(breaches(log)).containsExactly(Breach.BROKEN_LOG);
  }

  @Test
  void shouldFindEventsThatNobodyAskedFor() {
    call(create("tea"));
    partition.append(event("nobody's"), MILLIS);

    assertThat(breaches(log)).containsExactly(Breach.UNASKED);
  }

  @Test
  void shouldFindEventsWithoutKeyThatNobodyAskedFor() {
    call(create("tea"));
    partition.append(event(""), MILLIS);

    assertThat(breaches(log)).containsExactly(Breach.UNASKED);
  }

  @Test
  void shouldFindKeyThatNobodyElseHad() {
    call(create("tea"));
    Outcome reused = new Outcome.Refused("IDEMPOTENCY_KEY_REUSED", Map.of());
    calls.add(new Call(1, nanos, nanos + 5, adjust("tea", -3, "b"), reused));

    assertThat(breaches(log)).containsExactly(Breach.NEVER_TRUE);
  }

  @Test
  void shouldFindStoreInTwoPartitions() {
    call(create("tea"));
    Call moved = call(adjust("tea", -3, "b"));
    AdjustStockResponse answer =
        (AdjustStockResponse) ((Outcome.Answered) moved.outcome()).answer();
    AdjustStockResponse.Builder elsewhere = answer.toBuilder();
    elsewhere.getPositionBuilder().setPartition(1);
    tell(moved, new Outcome.Answered(elsewhere.build()));

    assertThat(breaches(null)).contains(Breach.WRONG_ANSWER);
  }

  @Test
  void shouldFindBatchThatWasDecidedInAnotherOrder() {
    call(create("tea"));
    AdjustStockRequest second = adjust("tea", -2, "c");
    AdjustStockRequest first = adjust("tea", -1, "b");
    CommandOutcome ofSecond = inBatch(decide(second));
    CommandOutcome ofFirst = inBatch(decide(first));
    SubmitBatchRequest batch =
        SubmitBatchRequest.newBuilder()
            .addCommands(Command.newBuilder().setAdjustStock(first))
            .addCommands(Command.newBuilder().setAdjustStock(second))
            .build();
    SubmitBatchResponse answer =
        SubmitBatchResponse.newBuilder().addOutcomes(ofFirst).addOutcomes(ofSecond).build();
    calls.add(new Call(1, nanos, nanos + 5, batch, new Outcome.Answered(answer)));

    assertThat(breaches(log)).containsExactly(Breach.REORDERED);
  }

  @Test
  void shouldFindHandoverSettledOtherwiseThanItArrived() {
    SimulatedRun run = null;
    for (int seed = 0; run == null; seed++) {
      SimulatedRun tried = SimulatedRun.of(seed, RandomRequests.Mix.EVERYTHING, 6, 200, Bug.NONE);
      boolean settles =
          tried.log().partitions().stream()
              .flatMap(each -> tried.log().of(each).stream())
              .anyMatch(WitnessRulesTest::isSettled);
      run = settles ? tried : null;
    }
    EventLog turned = new EventLog();
    for (int each : run.log().partitions()) {
      run.log().of(each).forEach(entry -> turned.add(turned(entry)));
    }

    assertThat(Witness.check(run.history(), turned, Settings.DEFAULT))
        .extracting(Finding::what)
        .anyMatch(what -> what.contains("was settled otherwise than it arrived"));
  }

  private static boolean isSettled(LogEntry entry) {
    return entry.kind() == Event.BodyCase.HANDOVER_SETTLED;
  }

  private static LogEntry turned(LogEntry entry) {
    if (!isSettled(entry) || entry.system() == null) {
      return entry;
    }
    HandoverSettled refused =
        entry.system().getHandoverSettled().toBuilder().setCredited(false).build();
    return LogEntry.of(
        entry.partition(),
        entry.sequence(),
        entry.millis(),
        entry.system().toBuilder().setHandoverSettled(refused).build());
  }

  private List<Breach> breaches(@Nullable EventLog of) {
    return Witness.check(History.of(calls), of, Settings.DEFAULT).stream()
        .map(Finding::breach)
        .toList();
  }

  private EventLog without(long sequence) {
    EventLog fewer = new EventLog();
    log.of(0).stream().filter(entry -> entry.sequence() != sequence).forEach(fewer::add);
    return fewer;
  }

  /** A call that begins when the one before has ended. */
  private Call call(Message request) {
    Call call = new Call(1, nanos, nanos + 5, request, decide(request));
    calls.add(call);
    nanos += 10;
    return call;
  }

  private Outcome decide(Message request) {
    Outcome right = partition.model.answer(request, partition.moment(MILLIS));
    partition.model.keep();
    return partition.record(request, right, MILLIS);
  }

  private void read(String sku, long begin, long asOf) {
    calls.add(new Call(2, begin, begin + 5, get(sku), seen(sku, asOf)));
  }

  private Outcome seen(String sku, long asOf) {
    Outcome.Answered right =
        (Outcome.Answered) partition.model.answer(get(sku), partition.moment(MILLIS));
    return new Outcome.Answered(partition.positioned(right.answer(), "as_of", asOf));
  }

  private static GetStockRequest get(String sku) {
    return GetStockRequest.newBuilder().setStore("s").setSku(sku).build();
  }

  private void tell(Call call, Outcome other) {
    calls.set(calls.indexOf(call), call.with(other));
  }

  private static CommandOutcome inBatch(Outcome outcome) {
    AdjustStockResponse answer = (AdjustStockResponse) ((Outcome.Answered) outcome).answer();
    return CommandOutcome.newBuilder()
        .setAccepted(
            Accepted.newBuilder().addStock(answer.getStock()).setPosition(answer.getPosition()))
        .build();
  }

  private static Event event(String key) {
    return Event.newBuilder()
        .setIdempotencyKey(key)
        .setStockAdjusted(StockAdjusted.newBuilder().setStore("s"))
        .build();
  }

  private static CreateItemRequest create(String sku) {
    return CreateItemRequest.newBuilder()
        .setStore("s")
        .setSku(sku)
        .setInitialQuantity(10)
        .setIdempotencyKey("create " + sku)
        .build();
  }

  private static AdjustStockRequest adjust(String sku, long delta, String key) {
    return AdjustStockRequest.newBuilder()
        .setStore("s")
        .setSku(sku)
        .setDelta(delta)
        .setIdempotencyKey(key)
        .build();
  }
}
