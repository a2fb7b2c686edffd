package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.command;
import static dev.holdfast.store.cluster.Caller.creation;
import static dev.holdfast.store.cluster.Caller.failure;
import static dev.holdfast.store.cluster.Caller.reason;
import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.UnknownFieldSet;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.cluster.v1.CreditHandoversRequest;
import dev.holdfast.proto.cluster.v1.HandoverServiceGrpc;
import dev.holdfast.proto.cluster.v1.HandoverServiceGrpc.HandoverServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ReadOptions;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.log.v1.HandoverRecord;
import dev.holdfast.proto.log.v1.MovedLine;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent, the field is named, nothing changes, and the node goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputIT {
  private static final String STORE = store(0);
  private static final String SKU = "sku";
  private static final long TOO_MUCH = 1_000_000_000_001L;

  private TestCluster cluster;
  private List<Long> sequencesBefore = List.of();

  /** A call that is wrong. */
  private interface Wrong extends Consumer<InventoryServiceBlockingStub> {}

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster = TestCluster.started(directory);
    cluster.node(0).call().create(STORE, SKU, 100);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @BeforeEach
  void note() {
    sequencesBefore = sequences();
  }

  @AfterEach
  void nothingChanged() {
    assertThat(sequences()).isEqualTo(sequencesBefore);
    for (TestNode node : cluster.nodes()) {
      assertThat(node.call().get(STORE, SKU).getVersion()).isEqualTo(1);
    }
  }

  private List<Long> sequences() {
    return IntStream.range(0, TestCluster.PARTITIONS)
        .mapToObj(partition -> cluster.awaitEqualReplicas(partition).sequence())
        .toList();
  }

  static Stream<Arguments> wrongCalls() {
    return Stream.of(wrongItems(), wrongReservations(), wrongBatchesAndReads(), wrongHandovers())
        .flatMap(calls -> calls);
  }

  private static Stream<Arguments> wrongItems() {
    return Stream.of(
        wrong("store", in -> in.createItem(creation("", SKU, 1))),
        wrong("store", in -> in.createItem(creation("x".repeat(129), SKU, 1))),
        wrong("store", in -> in.createItem(creation("\u00e9".repeat(65), SKU, 1))),
        wrong("store", in -> in.createItem(creation("a\u0000b", SKU, 1))),
        wrong("sku", in -> in.createItem(creation(STORE, "a\nb", 1))),
        wrong("sku", in -> in.createItem(creation(STORE, "", 1))),
        wrong("initial_quantity", in -> in.createItem(creation(STORE, "new", -1))),
        wrong("initial_quantity", in -> in.createItem(creation(STORE, "new", TOO_MUCH))),
        wrong("delta", in -> in.adjustStock(adjustment(STORE, SKU, 0).build())),
        wrong("delta", in -> in.adjustStock(adjustment(STORE, SKU, Long.MIN_VALUE).build())),
        wrong("delta", in -> in.adjustStock(sale(+1))),
        wrong("reason", in -> in.adjustStock(unknownReason(0))),
        wrong("reason", in -> in.adjustStock(unknownReason(77))),
        wrong(
            "expected_version",
            in -> in.adjustStock(adjustment(STORE, SKU, 1).setExpectedVersion(0).build())),
        wrong(
            "idempotency_key",
            in -> in.adjustStock(adjustment(STORE, SKU, 1).setIdempotencyKey("\u00e9").build())),
        wrong(
            "idempotency_key",
            in ->
                in.adjustStock(
                    adjustment(STORE, SKU, 1).setIdempotencyKey("k".repeat(129)).build())),
        wrong(
            "reference",
            in -> in.adjustStock(adjustment(STORE, SKU, 1).setReference("r\t").build())));
  }

  private static Stream<Arguments> wrongReservations() {
    return Stream.of(
        wrong("lines[0].quantity", in -> in.reserve(reservation(STORE, "r", SKU, 0).build())),
        wrong("lines", in -> in.reserve(reservation(STORE, "r", SKU, 1).clearLines().build())),
        wrong(
            "lines[1].expected_version",
            in ->
                in.reserve(
                    reservation(STORE, "r", SKU, 1)
                        .addLines(
                            ReservationLine.newBuilder()
                                .setSku(SKU)
                                .setQuantity(1)
                                .setExpectedVersion(7))
                        .build())),
        wrong(
            "ttl_millis",
            in -> in.reserve(reservation(STORE, "r", SKU, 1).setTtlMillis(-1).build())),
        wrong(
            "lines",
            in ->
                in.reserve(
                    reservation(STORE, "r", SKU, 1)
                        .addAllLines(
                            Collections.nCopies(
                                100_000,
                                ReservationLine.newBuilder().setSku(SKU).setQuantity(1).build()))
                        .build())),
        wrong(
            "reservation_id", in -> in.reserve(reservation(STORE, "r".repeat(65), SKU, 1).build())),
        wrong(
            "reservation_id",
            in ->
                in.confirmReservation(
                    ConfirmReservationRequest.newBuilder().setStore(STORE).build())));
  }

  private static Stream<Arguments> wrongBatchesAndReads() {
    return Stream.of(
        wrong("commands", in -> in.submitBatch(SubmitBatchRequest.getDefaultInstance())),
        wrong("commands", in -> in.submitBatch(batch(10_001))),
        wrong("commands[1].operation", in -> in.submitBatch(withEmptyCommand())),
        wrong("items", in -> in.batchGetStock(BatchGetStockRequest.getDefaultInstance())),
        wrong("items[0].sku", in -> in.batchGetStock(itemWithoutSku())),
        wrong("sku", in -> in.getStock(GetStockRequest.newBuilder().setStore(STORE).build())),
        wrong("read.max_staleness_millis", in -> in.getStock(staleRead(3_600_001))),
        wrong("read.max_staleness_millis", in -> in.getStock(staleRead(-1))),
        wrong("page_size", in -> in.listStock(page().setPageSize(-1).build())),
        wrong("page_size", in -> in.listStock(page().setPageSize(10_001).build())),
        wrong("page_token", in -> in.listStock(page().setPageToken("!!").build())),
        wrong("page_token", in -> in.listStock(page().setPageToken("AAAA").build())));
  }

  private static Stream<Arguments> wrongHandovers() {
    String line = "handovers[0].lines[0]";
    return Stream.of(
        wrong(line + ".quantity", credits(fine().setLines(0, moved(SKU, -1)))),
        wrong(line + ".quantity", credits(fine().setLines(0, moved(SKU, 0)))),
        wrong(line + ".quantity", credits(fine().setLines(0, moved(SKU, TOO_MUCH)))),
        wrong(line + ".sku", credits(fine().setLines(0, moved("", 1)))),
        wrong("handovers[0].lines[1].sku", credits(fine().addLines(moved(SKU, 1)))),
        wrong("handovers[0].lines", credits(fine().clearLines())),
        wrong(
            "handovers[0].lines",
            credits(fine().addAllLines(Collections.nCopies(1_000, moved(SKU, 1))))),
        wrong("handovers[0].store", credits(fine().setStore(store(2)))),
        wrong("handovers[0].store", credits(fine().setStore("a\u0000b"))),
        wrong("handovers[0].transfer_id", credits(fine().clearTransferId())),
        wrong("handovers[0].destination", credits(fine().setDestination(store(2)))),
        wrong("handovers[0].destination", credits(fine().clearDestination())),
        wrong(
            "first_number",
            in -> handovers(in).creditHandovers(credited(fine()).setFirstNumber(-1).build())));
  }

  /** What the leader of partition 1 might hand over to partition 0. */
  private static HandoverRecord.Builder fine() {
    return HandoverRecord.newBuilder()
        .setStore(store(1))
        .setTransferId("t")
        .setDestination(STORE)
        .addLines(moved(SKU, 1));
  }

  private static MovedLine moved(String sku, long quantity) {
    return MovedLine.newBuilder().setSku(sku).setQuantity(quantity).build();
  }

  private static Wrong credits(HandoverRecord.Builder handover) {
    return in -> handovers(in).creditHandovers(credited(handover).build());
  }

  private static CreditHandoversRequest.Builder credited(HandoverRecord.Builder handover) {
    return CreditHandoversRequest.newBuilder()
        .setSourcePartition(1)
        .setDestinationPartition(0)
        .setFirstNumber(1)
        .addHandovers(handover);
  }

  private static HandoverServiceBlockingStub handovers(InventoryServiceBlockingStub in) {
    return HandoverServiceGrpc.newBlockingStub(in.getChannel());
  }

  private static Arguments wrong(String field, Wrong call) {
    return arguments(field, call);
  }

  private static dev.holdfast.proto.inventory.v1.AdjustStockRequest sale(long delta) {
    return adjustment(STORE, SKU, delta).setReason(AdjustmentReason.ADJUSTMENT_REASON_SALE).build();
  }

  private static dev.holdfast.proto.inventory.v1.AdjustStockRequest unknownReason(int number) {
    return adjustment(STORE, SKU, 1).setReasonValue(number).build();
  }

  private static SubmitBatchRequest batch(int commands) {
    Command command = command(adjustment(STORE, SKU, 1));
    return SubmitBatchRequest.newBuilder()
        .addAllCommands(Collections.nCopies(commands, command))
        .build();
  }

  private static SubmitBatchRequest withEmptyCommand() {
    return batch(1).toBuilder().addCommands(Command.getDefaultInstance()).build();
  }

  private static BatchGetStockRequest itemWithoutSku() {
    return BatchGetStockRequest.newBuilder().addItems(ItemKey.newBuilder().setStore(STORE)).build();
  }

  private static GetStockRequest staleRead(long millis) {
    return GetStockRequest.newBuilder()
        .setStore(STORE)
        .setSku(SKU)
        .setRead(ReadOptions.newBuilder().setMaxStalenessMillis(millis))
        .build();
  }

  private static ListStockRequest.Builder page() {
    return ListStockRequest.newBuilder();
  }

  @ParameterizedTest(name = "{0} #{index}")
  @MethodSource("wrongCalls")
  void shouldNameTheFieldThatIsWrong(String field, Wrong call) {
    for (TestNode node : List.of(cluster.leaderOf(0), cluster.followerOf(0))) {
      HoldfastException failure = failure(() -> call.accept(node.call().inventory()));

      assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.reason()).isEqualTo(Reason.VALIDATION);
      assertThat(failure.violations()).extracting(FieldViolation::field).containsExactly(field);
    }
  }

  @Test
  void shouldRefuseAMessageThatIsTooLarge() {
    SubmitBatchRequest huge =
        SubmitBatchRequest.newBuilder()
            .addCommands(command(adjustment(STORE, SKU, 1).setReference("x".repeat(10 << 20))))
            .build();
    for (TestNode node : cluster.nodes()) {
      HoldfastException failure = failure(() -> node.call().inventory().submitBatch(huge));
      assertThat(failure.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  /** Half of it would be credited otherwise, and the source would take it for settled. */
  @Test
  void shouldNotCreditAHandOverOfWhichItDoesNotKnowAField() {
    var field = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
    UnknownFieldSet newer = UnknownFieldSet.newBuilder().addField(99, field).build();
    HandoverRecord.Builder handover = fine();
    handover.getLinesBuilder(0).setUnknownFields(newer);

    HandoverServiceBlockingStub leader = handovers(cluster.leaderOf(0).call().inventory());
    HoldfastException failure = failure(() -> leader.creditHandovers(credited(handover).build()));

    assertThat(failure.reason()).isEqualTo(Reason.NEEDS_NEWER_BUILD);
    assertThat(failure).hasMessageContaining("field 99 of holdfast.log.v1.MovedLine");
    assertThat(cluster.leaderOf(0).state(0).transfers().inbound(1).last()).isZero();
  }

  @Test
  void shouldNotFindWhatIsNotThere() {
    for (TestNode node : cluster.nodes()) {
      assertThat(reason(() -> node.call().get("unknown", SKU))).isEqualTo(Reason.NOT_FOUND);
      assertThat(reason(() -> node.call().get(STORE, "unknown"))).isEqualTo(Reason.NOT_FOUND);
    }
  }

  @Test
  void shouldListManyViolationsWithoutBurstingTheHeader() {
    SubmitBatchRequest.Builder batch = SubmitBatchRequest.newBuilder();
    IntStream.range(0, 5_000)
        .forEach(i -> batch.addCommands(command(creation("\u0007".repeat(300), "", -1))));

    HoldfastException failure =
        failure(() -> cluster.node(1).call().inventory().submitBatch(batch.build()));

    assertThat(failure.reason()).isEqualTo(Reason.VALIDATION);
    assertThat(failure.violations().get(0).field()).isEqualTo("commands[0].store");
    assertThat(failure.violations()).hasSizeLessThan(20);
  }
}
