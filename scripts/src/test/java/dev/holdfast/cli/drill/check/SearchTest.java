package dev.holdfast.cli.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.cli.drill.workload.RandomRequests.Mix;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.CreateItemResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SearchTest {
  private static final int RUNS = 300;
  private static final int BUGGY_RUNS = 20;
  private static final int CALLS = 70;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void shouldAcceptValidHistories() {
    for (int seed = 0; seed < RUNS; seed++) {
      SimulatedRun run = SimulatedRun.of(seed, Mix.WITHOUT_EXPIRY, 2 + seed % 5, CALLS, Bug.NONE);
      assertThat(check(run.history())).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void shouldFindLostWrite() {
    assertFound(Bug.LOST_WRITE);
  }

  @Test
  void shouldFindDoubledWrite() {
    assertFound(Bug.DOUBLED_WRITE);
  }

  @Test
  void shouldFindStaleRead() {
    assertFound(Bug.STALE_READ);
  }

  @Test
  void shouldFindTornOrder() {
    assertFound(Bug.TORN_ORDER);
  }

  @Test
  void shouldFindOversoldStock() {
    assertFound(Bug.OVERSOLD);
  }

  @Test
  void shouldFindReorderedCalls() {
    for (int seed = 0; seed < BUGGY_RUNS; seed++) {
      SimulatedRun run = SimulatedRun.of(seed, Mix.WITHOUT_EXPIRY, 4, CALLS, Bug.NONE);
      assertThat(check(Reordered.of(run.history(), new Random(seed))))
          .as("seed %d", seed)
          .extracting(Finding::breach)
          .containsOnly(Breach.NOT_LINEARIZABLE);
    }
  }

  @Test
  void shouldFindExpiryThatCallersKnowToBeTooEarly() {
    Duration ttl = Duration.ofSeconds(5);
    assertThat(check(reservedAndFreeAfter(ttl.minusMillis(1)))).hasSize(1);
    assertThat(check(reservedAndFreeAfter(ttl))).isEmpty();
  }

  @Test
  void shouldTakeCallWithUnknownOutcomeEitherWay() {
    for (long seen : new long[] {10, 7}) {
      assertThat(check(unknownThenSeen(seen))).as("seen %d", seen).isEmpty();
    }
    assertThat(check(unknownThenSeen(4))).hasSize(1);
  }

  @Test
  void shouldReportWhatItCannotDecideInTime() {
    SimulatedRun run = SimulatedRun.of(1, Mix.WITHOUT_EXPIRY, 4, CALLS, Bug.NONE);
    assertThat(Search.check(run.history(), Settings.DEFAULT, Duration.ZERO, Duration.ofNanos(-1)))
        .extracting(Finding::breach)
        .containsOnly(Breach.UNDECIDED);
  }

  @Test
  void shouldRefuseHistoriesOfTooManyCalls() {
    SimulatedRun run = SimulatedRun.of(1, Mix.WITHOUT_EXPIRY, 4, 5_000, Bug.NONE);
    assertThat(check(run.history())).extracting(Finding::breach).containsOnly(Breach.UNDECIDED);
  }

  private static List<Finding> check(History history) {
    return Search.check(history, Settings.DEFAULT, Duration.ZERO, LIMIT);
  }

  /** Some mistakes show in versions only, or may as well be the effect of an unknown outcome. */
  private static void assertFound(Bug bug) {
    int runs = 0;
    int found = 0;
    for (int seed = 0; runs < BUGGY_RUNS; seed++) {
      SimulatedRun run = SimulatedRun.of(seed, Mix.WITHOUT_EXPIRY, 4, CALLS, bug);
      if (run.hasErred()) {
        runs++;
        List<Finding> findings = check(run.history());
        assertThat(findings).allMatch(each -> each.breach() == Breach.NOT_LINEARIZABLE);
        found += findings.isEmpty() ? 0 : 1;
      }
    }
    assertThat(found).as("found in %d runs", runs).isGreaterThan(BUGGY_RUNS / 2);
  }

  private static History unknownThenSeen(long onHand) {
    AdjustStockRequest sale =
        AdjustStockRequest.newBuilder()
            .setStore("s")
            .setSku("tea")
            .setDelta(-3)
            .setIdempotencyKey("b")
            .build();
    return History.of(
        List.of(
            created(0, 10),
            new Call(2, 20, 30, sale, Outcome.Undecided.UNKNOWN),
            read(40, level(onHand, 0))));
  }

  private static History reservedAndFreeAfter(Duration time) {
    ReserveRequest reserve =
        ReserveRequest.newBuilder()
            .setStore("s")
            .setReservationId("r")
            .setTtlMillis(5_000)
            .addLines(ReservationLine.newBuilder().setSku("tea").setQuantity(2))
            .setIdempotencyKey("b")
            .build();
    ReserveResponse reserved =
        ReserveResponse.newBuilder().setReservationId("r").addStock(level(10, 2)).build();
    List<Call> calls = new ArrayList<>();
    calls.add(created(0, 10));
    calls.add(new Call(1, 20, 30, reserve, new Outcome.Answered(reserved)));
    calls.add(read(15 + time.toNanos(), level(10, 0)));
    return History.of(calls);
  }

  private static Call created(long nanos, long onHand) {
    CreateItemRequest create =
        CreateItemRequest.newBuilder()
            .setStore("s")
            .setSku("tea")
            .setInitialQuantity(onHand)
            .setIdempotencyKey("a")
            .build();
    CreateItemResponse created = CreateItemResponse.newBuilder().setStock(level(onHand, 0)).build();
    return new Call(1, nanos, nanos + 5, create, new Outcome.Answered(created));
  }

  private static Call read(long nanos, StockLevel level) {
    GetStockRequest read = GetStockRequest.newBuilder().setStore("s").setSku("tea").build();
    StockLevel seen =
        level.toBuilder().setReservable(level.getAvailable()).setStoreFrozen(false).build();
    GetStockResponse answer = GetStockResponse.newBuilder().setStock(seen).build();
    return new Call(1, nanos, nanos + 5, read, new Outcome.Answered(answer));
  }

  private static StockLevel level(long onHand, long reserved) {
    return StockLevel.newBuilder()
        .setStore("s")
        .setSku("tea")
        .setOnHand(onHand)
        .setReserved(reserved)
        .setAvailable(onHand - reserved)
        .build();
  }
}
