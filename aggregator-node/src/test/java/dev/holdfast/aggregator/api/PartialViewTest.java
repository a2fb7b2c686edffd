package dev.holdfast.aggregator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import com.google.common.collect.Lists;
import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.EventPlace;
import dev.holdfast.aggregator.deadletter.EventStamp;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterState;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.testing.TestReaders;
import dev.holdfast.aggregator.view.EventHeader;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.access.Caller;
import dev.holdfast.common.domain.EventFacts;
import dev.holdfast.common.domain.EventKind;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.FindHistoryResponse;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.HistoryEntry;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.Moment;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view for who may see some stores: as if there were no others. */
class PartialViewTest {
  private static final Map<StockKey, StockLevel> LEVELS =
      Map.of(
          item("oslo", "mug"), level(10, 2, 3),
          item("berlin-1", "mug"), level(5, 0, -1),
          item("paris", "mug"), level(100, 60, 0),
          item("oslo", "ale"), level(1, 1, 0),
          item("paris", "cup"), level(7, 0, 0),
          item("paris", "nut"), level(7, 0, 0));

  @TempDir private Path directory;
  private final ViewProgress progress = new ViewProgress();
  private final ExecutorService reads = Executors.newFixedThreadPool(2);
  private ViewStore store;
  private GlobalStockService stock;
  private HistoryService history;
  private TestReaders readers;
  private Caller some;

  private static StockKey item(String store, String sku) {
    return new StockKey(store, sku);
  }

  private static StockLevel level(long onHand, long reserved, long netShipped) {
    return new StockLevel(onHand, reserved, 1, netShipped, 0, StockLevel.State.ACTIVE);
  }

  @BeforeEach
  void fill() throws Exception {
    store = ViewStore.open(directory.resolve("view"), "c1", "aggregator", TestKeys.usual());
    progress.open(List.of(ViewCursor.START));
    Map<String, SkuTotal> totals = new HashMap<>();
    LEVELS.forEach(
        (item, level) ->
            totals.merge(
                item.sku(),
                SkuTotal.NONE.changed(null, level),
                (all, one) -> all.changed(null, level)));
    store.write(
        new ViewUpdate(
            LEVELS,
            totals,
            Map.of("mug", new UnmetDemand(4, 44)),
            Map.of(),
            List.of(
                movement("oslo", 1),
                movement("paris", 2),
                movement("paris", 3),
                movement("berlin-1", 4),
                movement("paris", 5)),
            List.of(),
            List.of(),
            Map.of(0, Map.of("berlin-1", true))),
        parked(item("oslo", "mug"), item("paris", "mug")));
    stock = new GlobalStockService(store, progress, Ticker.systemTicker(), reads);
    history =
        new HistoryService(
            store, progress, Ticker.systemTicker(), reads, true, InstantSource.system());
    history.open(new PartitionMap(1, Map.of()));
    readers = new TestReaders(directory, "oslo", "berlin-*");
    some = readers.reader();
  }

  private static Movement movement(String store, long sequence) {
    EventFacts facts = new EventFacts(EventKind.STOCK_ADJUSTED, store, "", "", "SALE");
    var header = new EventHeader(sequence, sequence, facts, new Origin("q", "me"), "o-1");
    return new Movement(header, item(store, "mug"), level(2, 0, 0), level(1, 0, 0));
  }

  private static LetterUpdate parked(StockKey... items) {
    Map<LetterId, DeadLetter> kept = new HashMap<>();
    for (StockKey item : items) {
      LetterId id = new LetterId(0, 7, item);
      EventStamp stamp = new EventStamp(1, new Origin("r", "me"));
      kept.put(id, new DeadLetter(id, LetterState.PARKED, "a bug", "", 3, 1, 1, 0, stamp));
    }
    return new LetterUpdate(
        Map.of(new EventPlace(0, 7), ByteString.copyFromUtf8("event")),
        kept,
        Set.of(),
        Map.of("mug", (long) items.length),
        Map.of(),
        Map.of());
  }

  @AfterEach
  void close() {
    reads.shutdownNow();
    store.close();
  }

  /** As the services are called: on a thread that serves the call of somebody. */
  private static <Q, R> R answer(
      Caller caller, Q request, BiConsumer<Q, StreamObserver<R>> method) {
    return ask(caller, request, method).join();
  }

  private static <Q, R> CompletableFuture<R> ask(
      Caller caller, Q request, BiConsumer<Q, StreamObserver<R>> method) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    caller.in(Context.current()).run(() -> method.accept(request, new Only<>(answer)));
    return answer.orTimeout(20, TimeUnit.SECONDS);
  }

  private record Only<R>(CompletableFuture<R> answer) implements StreamObserver<R> {
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
  }

  private static GetGlobalStockRequest of(String sku) {
    return GetGlobalStockRequest.newBuilder().setSku(sku).build();
  }

  @Test
  void shouldAddUpWhatOneMaySee() {
    GetGlobalStockResponse part = answer(some, of("mug"), stock::getGlobalStock);
    GetGlobalStockResponse whole = answer(Caller.ANYBODY, of("mug"), stock::getGlobalStock);

    GlobalStock mug = part.getStock();
    assertThat(part.getPartial()).isTrue();
    assertThat(mug.getOnHand()).isEqualTo(15);
    assertThat(mug.getReserved()).isEqualTo(2);
    assertThat(mug.getAvailable()).isEqualTo(13);
    assertThat(mug.getReservable()).isEqualTo(8); // berlin-1 is frozen
    assertThat(mug.getInTransit()).isEqualTo(2);
    assertThat(mug.getParkedChanges()).isEqualTo(1);
    assertThat(mug.hasUnmetDemand()).isFalse();
    assertThat(mug.getStoresList())
        .extracting(dev.holdfast.proto.inventory.v1.StockLevel::getStore)
        .containsExactly("berlin-1", "oslo");
    assertThat(whole.getPartial()).isFalse();
    assertThat(whole.getStock().getOnHand()).isEqualTo(115);
    assertThat(whole.getStock().getParkedChanges()).isEqualTo(2);
    assertThat(whole.getStock().getUnmetDemand().getUnits()).isEqualTo(44);
  }

  /** As one that is nowhere at all. */
  @Test
  void shouldNotKnowASkuThatOtherStoresHave() {
    assertThatThrownBy(() -> answer(some, of("cup"), stock::getGlobalStock))
        .satisfies(
            failure ->
                assertThat(StatusReader.reasonOf(Objects.requireNonNull(failure.getCause())))
                    .isEqualTo(Reason.NOT_FOUND))
        .hasMessageContaining("no store has SKU 'cup'");
    BatchGetGlobalStockResponse batch =
        answer(
            some,
            BatchGetGlobalStockRequest.newBuilder().addAllSkus(List.of("ale", "cup", "no")).build(),
            stock::batchGetGlobalStock);
    assertThat(batch.getStockList()).extracting(GlobalStock::getSku).containsExactly("ale");
    assertThat(batch.getMissingList()).containsExactly("cup", "no");
    assertThat(batch.getPartial()).isTrue();
  }

  private List<ListGlobalStockResponse> pages(Caller caller, ListGlobalStockRequest first) {
    List<ListGlobalStockResponse> pages = new ArrayList<>();
    ListGlobalStockRequest request = first;
    do {
      pages.add(answer(caller, request, stock::listGlobalStock));
      request =
          request.toBuilder().setPageToken(Lists.reverse(pages).get(0).getNextPageToken()).build();
    } while (!request.getPageToken().isEmpty());
    return pages;
  }

  private List<String> skus(Caller caller, ListGlobalStockRequest request) {
    return pages(caller, request).stream()
        .flatMap(page -> page.getStockList().stream())
        .map(item -> item.getSku() + item.getOnHand())
        .toList();
  }

  @Test
  void shouldListWhatOneMaySee() {
    ListGlobalStockRequest byOne = ListGlobalStockRequest.newBuilder().setPageSize(1).build();

    assertThat(skus(some, byOne)).containsExactly("ale1", "mug15");
    assertThat(skus(Caller.ANYBODY, byOne)).containsExactly("ale1", "cup7", "mug115", "nut7");
    assertThat(pages(some, byOne)).allMatch(ListGlobalStockResponse::getPartial);
    assertThat(skus(some, byOne.toBuilder().setStore("oslo").build()))
        .containsExactly("ale1", "mug15");
    assertThat(skus(some, byOne.toBuilder().setStore("berlin-1").build())).containsExactly("mug15");
  }

  /** An answer may wait for the view as long as its caller likes. */
  @Test
  void shouldNotAnswerWhoseRightsChangedWhileItWaited() {
    Queue<Runnable> later = new ArrayDeque<>();
    var slow = new GlobalStockService(store, progress, Ticker.systemTicker(), later::add);
    var all = ListGlobalStockRequest.getDefaultInstance();
    var unchanged = ask(some, all, slow::listGlobalStock);
    later.remove().run();
    assertThat(unchanged.join().getStockCount()).isEqualTo(2);

    var answer = ask(some, all, slow::listGlobalStock);
    readers.regrant("paris");
    later.remove().run();

    assertThatThrownBy(answer::join)
        .hasMessageContaining("the rights of user/vera changed while this waited");
  }

  @Test
  void shouldFilterByWhatOneMaySee() {
    var request = ListGlobalStockRequest.newBuilder();

    assertThat(skus(some, request.setAvailableBelow(14).build())).containsExactly("ale1", "mug15");
    assertThat(skus(some, request.setAvailableBelow(13).build())).containsExactly("ale1");
    assertThat(skus(some, request.setAvailableBelow(0).setReservableBelow(9).build()))
        .containsExactly("ale1", "mug15");
    assertThat(skus(some, request.setReservableBelow(8).build())).containsExactly("ale1");
  }

  @Test
  void shouldFillStoresOnlyWhenAskedFor() {
    var request = ListGlobalStockRequest.newBuilder();

    assertThat(pages(some, request.build()).get(0).getStock(1).getStoresCount()).isZero();
    assertThat(
            pages(some, request.setIncludeStores(true).build()).get(0).getStock(1).getStoresList())
        .hasSize(2)
        .noneMatch(level -> level.getStore().equals("paris"));
    assertThat(
            pages(some, request.setIncludeUnmetDemand(true).build())
                .get(0)
                .getStock(1)
                .hasUnmetDemand())
        .isFalse();
  }

  /** A page may end behind an SKU that one may not know. */
  @Test
  void shouldTellNothingByPageTokens() {
    var byOne = ListGlobalStockRequest.newBuilder().setPageSize(1).build();
    String whole = answer(Caller.ANYBODY, byOne, stock::listGlobalStock).getNextPageToken();
    ListGlobalStockResponse page = answer(some, byOne, stock::listGlobalStock);
    String sealed = page.getNextPageToken();

    assertThat(decoded(whole)).contains("ale");
    assertThat(decoded(sealed)).doesNotContain("ale", "cup", "mug", "nut");
    assertThat(sealed).isNotEqualTo(answer(some, byOne, stock::listGlobalStock).getNextPageToken());
    for (String other : List.of(whole, "x", sealed.substring(1), sealed + "AAAA")) {
      assertThatThrownBy(
              () ->
                  answer(
                      some, byOne.toBuilder().setPageToken(other).build(), stock::listGlobalStock))
          .hasMessageContaining("page_token");
    }
    assertThatThrownBy(
            () ->
                answer(
                    Caller.ANYBODY,
                    byOne.toBuilder().setPageToken(sealed).build(),
                    stock::listGlobalStock))
        .hasMessageContaining("page_token");
  }

  /** A page of one store may end behind an SKU that only other stores have. */
  @Test
  void shouldTellNothingByPageTokensOfAStore() {
    ListStockAsOfRequest byOne =
        ListStockAsOfRequest.newBuilder()
            .setStore("oslo")
            .setMoment(Moment.newBuilder().setTimeMillis(100))
            .setPageSize(1)
            .build();
    String whole = answer(Caller.ANYBODY, byOne, history::listStockAsOf).getNextPageToken();
    String sealed = answer(some, byOne, history::listStockAsOf).getNextPageToken();

    assertThat(decoded(whole.substring(whole.indexOf('-') + 1))).isEqualTo("ale");
    assertThat(decoded(sealed)).doesNotContain("ale");
    assertThat(
            answer(some, byOne.toBuilder().setPageToken(sealed).build(), history::listStockAsOf)
                .getStockList())
        .extracting(dev.holdfast.proto.inventory.v1.StockLevel::getSku)
        .containsExactly("mug");
    assertThatThrownBy(
            () ->
                answer(some, byOne.toBuilder().setPageToken(whole).build(), history::listStockAsOf))
        .hasMessageContaining("page_token");
  }

  private static String decoded(String token) {
    return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.ISO_8859_1);
  }

  private List<FindHistoryResponse> found(Caller caller, int size) {
    List<FindHistoryResponse> pages = new ArrayList<>();
    var request = FindHistoryRequest.newBuilder().setReference("o-1").setPageSize(size);
    do {
      pages.add(answer(caller, request.build(), history::findHistory));
      request.setPageToken(pages.get(pages.size() - 1).getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return pages;
  }

  @Test
  void shouldFindTheHistoryOfThoseStoresOnly() {
    for (int size : new int[] {1, 2, 100}) {
      assertThat(sequences(found(some, size))).containsExactly(4L, 1L);
    }
    assertThat(sequences(found(Caller.ANYBODY, 2))).containsExactly(5L, 4L, 3L, 2L, 1L);
    FindHistoryResponse part = found(some, 100).get(0);
    assertThat(part.getPartial()).isTrue();
    assertThat(part.getParkedChanges()).isZero();
    assertThat(found(Caller.ANYBODY, 100).get(0).getPartial()).isFalse();
    String token = found(some, 1).get(0).getNextPageToken();
    assertThat(decoded(token)).doesNotContain("paris", "berlin", "oslo", "o-1");
  }

  private static List<Long> sequences(List<FindHistoryResponse> pages) {
    return pages.stream()
        .flatMap(page -> page.getEntriesList().stream())
        .map(HistoryEntry::getMovement)
        .map(movement -> movement.getSequence())
        .toList();
  }
}
