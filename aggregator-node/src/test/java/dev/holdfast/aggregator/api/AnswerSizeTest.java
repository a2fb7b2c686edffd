package dev.holdfast.aggregator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.EventStamp;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterState;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.invariant.Violation;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.EventHeader;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.access.Caller;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterResponse;
import dev.holdfast.proto.aggregator.v1.ListViolationsResponse;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import io.grpc.Context;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No answer is larger than what gRPC clients accept by default, with names as long as they get. */
class AnswerSizeTest {
  private static final int MESSAGE_BYTES_MAX = 4 << 20;
  private static final int SKUS = 1_000;
  private static final int STORES = 45;
  private static final int MOVEMENTS = 10_000;
  private static final StockKey MOVED = new StockKey("berlin", "mug");

  @TempDir private Path directory;
  private final ViewProgress progress = new ViewProgress();
  private ViewStore store;

  @BeforeEach
  void open() throws Exception {
    store = ViewStore.open(directory, "c1", "aggregator", TestKeys.usual());
    progress.open(List.of(ViewCursor.START));
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** 128 bytes of UTF-8, in half as many characters. */
  private static String name(int number) {
    return "ä".repeat(62) + "%04d".formatted(number);
  }

  private void fillStock() {
    for (int sku = 0; sku < SKUS; sku++) {
      Map<StockKey, StockLevel> levels = new HashMap<>();
      for (int number = 0; number < STORES; number++) {
        levels.put(new StockKey(name(number), name(sku)), new StockLevel(1_000_000, 9, 300));
      }
      SkuTotal total = TestViews.total(STORES * 1_000_000L, STORES * 9, STORES);
      store.write(
          TestViews.update(levels, Map.of(name(sku), total), Map.of(), Map.of(), List.of()),
          LetterUpdate.NONE);
    }
  }

  /** A hundred violations of a thousand items each take several times what a client accepts. */
  @Test
  void shouldEndAPageOfViolationsBeforeItIsTooLarge() {
    StockLevel most = new StockLevel(1_000_000_000_000L, 9, 1L << 50);
    List<Difference> differences =
        IntStream.range(0, Violation.DIFFERENCES_MAX)
            .mapToObj(i -> new Difference(new StockKey(name(i), name(i)), most, most))
            .toList();
    List<Violation> violations =
        IntStream.range(0, 100)
            .mapToObj(i -> new Violation(100 - i, CHECK, 1L << 50, differences, 1L << 50))
            .toList();

    ListViolationsResponse page = sync().violations(violations);

    assertThat(page.getSerializedSize()).isBetween(1, MESSAGE_BYTES_MAX);
    assertThat(page.getViolationsList())
        .isNotEmpty()
        .allMatch(violation -> violation.getDifferencesCount() == Violation.DIFFERENCES_MAX);
  }

  @Test
  void shouldCutTheTextOfALargeDeadLetter() {
    ByteString event = largeEvent();
    DeadLetter letter =
        new DeadLetter(
            LetterId.ofEvent(0, 5),
            LetterState.PARKED,
            "why",
            "",
            3,
            1,
            1,
            0,
            new EventStamp(1, new Origin("", "")));

    GetDeadLetterResponse answer = LetterAnswers.one(letter, event);

    assertThat(event.size()).isGreaterThan(800_000);
    assertThat(answer.getEvent()).isEqualTo(event);
    assertThat(answer.getSerializedSize()).isBetween(event.size(), MESSAGE_BYTES_MAX);
    assertThat(answer.getEventText()).endsWith("cut here: it is too long for an answer");
  }

  /** An order that changes as many items as one may. */
  private static ByteString largeEvent() {
    var lines = dev.holdfast.proto.log.v1.StockReserved.newBuilder();
    for (int i = 0; i < 12_000; i++) {
      lines.addLinesBuilder().setSku(name(i));
    }
    return dev.holdfast.proto.log.v1.Event.newBuilder()
        .setStockReserved(lines)
        .build()
        .toByteString();
  }

  private static final DigestCheck CHECK =
      new DigestCheck(0, 1L << 50, StateDigest.EMPTY, StateDigest.EMPTY);

  private SyncAnswers sync() {
    return new SyncAnswers(progress, store.violations(), () -> 0, Ticker.systemTicker());
  }

  private GlobalStockService stock() {
    return new GlobalStockService(
        store, progress, Ticker.systemTicker(), MoreExecutors.directExecutor());
  }

  private HistoryService history() {
    HistoryService history =
        new HistoryService(
            store,
            progress,
            Ticker.systemTicker(),
            MoreExecutors.directExecutor(),
            true,
            InstantSource.system());
    history.open(new PartitionMap(1, Map.of()));
    return history;
  }

  private static <Q, R extends MessageLite> R answer(
      Q request, BiConsumer<Q, StreamObserver<R>> method) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    StreamObserver<R> out =
        new StreamObserver<>() {
          @Override
          public void onNext(R message) {
            answer.complete(message);
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {}
        };
    Caller.ANYBODY.in(Context.current()).run(() -> method.accept(request, out));
    R message = answer.join();
    assertThat(message.getSerializedSize()).isLessThan(MESSAGE_BYTES_MAX);
    return message;
  }

  @Test
  void shouldListAllSkusInPagesThatAreNotTooLarge() {
    fillStock();
    GlobalStockService api = stock();
    List<String> skus = new ArrayList<>();
    var request = ListGlobalStockRequest.newBuilder().setPageSize(10_000).setIncludeStores(true);
    do {
      var page = answer(request.build(), api::listGlobalStock);
      page.getStockList().forEach(stock -> skus.add(stock.getSku()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());

    assertThat(skus).isEqualTo(IntStream.range(0, SKUS).mapToObj(AnswerSizeTest::name).toList());
  }

  @Test
  void shouldSayHowManySkusOfABatchFit() {
    fillStock();
    GlobalStockService api = stock();
    List<String> all = IntStream.range(0, SKUS).mapToObj(AnswerSizeTest::name).toList();

    FieldViolation violation = refused(all, api);

    assertThat(violation.field()).isEqualTo("skus");
    Matcher fitting = Pattern.compile("the first (\\d+) fit").matcher(violation.description());
    assertThat(fitting.find()).as(violation.description()).isTrue();
    List<String> some = all.subList(0, Integer.parseInt(fitting.group(1)));
    var request = BatchGetGlobalStockRequest.newBuilder().addAllSkus(some).build();
    assertThat(answer(request, api::batchGetGlobalStock).getStockList())
        .extracting(GlobalStock::getSku)
        .isEqualTo(some);
  }

  private static FieldViolation refused(List<String> skus, GlobalStockService api) {
    try {
      answer(
          BatchGetGlobalStockRequest.newBuilder().addAllSkus(skus).build(),
          api::batchGetGlobalStock);
    } catch (CompletionException e) {
      var status = StatusProto.fromThrowable(e.getCause());
      return StatusReader.violationsOf(status).get(0);
    }
    throw new AssertionError("it was not refused");
  }

  @Test
  void shouldListAllMovementsInPagesThatAreNotTooLarge() {
    fillMovements();
    HistoryService api = history();
    List<Long> sequences = new ArrayList<>();
    var request =
        ListMovementsRequest.newBuilder()
            .setStore(MOVED.store())
            .setSku(MOVED.sku())
            .setOrder(ListMovementsRequest.Order.ORDER_OLDEST_FIRST)
            .setPageSize(MOVEMENTS);
    do {
      ListMovementsResponse page = answer(request.build(), api::listMovements);
      page.getMovementsList().forEach(movement -> sequences.add(movement.getSequence()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());

    assertThat(sequences).hasSize(MOVEMENTS).isSorted();
    assertThat(sequences.get(MOVEMENTS - 1)).isEqualTo(MOVEMENTS);
  }

  private void fillMovements() {
    List<Movement> movements = new ArrayList<>();
    StockLevel before = StockLevel.opening(MOVEMENTS + 1);
    for (long sequence = 1; sequence <= MOVEMENTS; sequence++) {
      StockLevel after = before.adjusted(-1);
      Event sale = new Event.StockAdjusted(MOVED, -1, AdjustmentReason.SALE, after);
      Origin origin = new Origin("p".repeat(64), "r".repeat(64));
      var header = new EventHeader(sequence, sequence, sale.facts(), origin, "x".repeat(256));
      movements.add(new Movement(header, MOVED, before, after));
      before = after;
    }
    store.write(
        TestViews.update(
            Map.of(MOVED, before),
            Map.of("mug", TestViews.total(1, 0, 1)),
            Map.of(),
            Map.of(),
            movements,
            List.of()),
        LetterUpdate.NONE);
  }
}
