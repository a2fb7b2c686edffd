package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.feed.v1.StoreTerms;
import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchedChange;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc.TermsServiceBlockingStub;
import dev.holdfast.proto.log.v1.EventKind;
import dev.holdfast.store.partition.PartitionReplica;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events as whoever watches a node sees them. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WatchIT {
  private static final String SKU = "sku";
  private static final int WATCHERS_MAX = 4;

  private TestCluster cluster;
  private int made;

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster =
        TestCluster.started(
            directory, Map.of("watch.watchers-max", Integer.toString(WATCHERS_MAX)));
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private Caller call() {
    return cluster.node(0).call();
  }

  /** A SKU that no other test uses, in the store of a partition. */
  private String create(int partition, long quantity) {
    String sku = "sku-" + made++;
    call().create(store(partition), sku, quantity);
    return sku;
  }

  private static WatchRequest.Builder all() {
    return WatchRequest.newBuilder();
  }

  private static Position.Builder at(int partition, long sequence) {
    return Position.newBuilder().setPartition(partition).setSequence(sequence);
  }

  private static WatchRequest.Builder fromTheBeginning() {
    WatchRequest.Builder request = all();
    IntStream.range(0, TestCluster.PARTITIONS).forEach(i -> request.addFrom(at(i, 0)));
    return request;
  }

  private static WatchReader opened(WatchReader reader) {
    patiently().until(() -> !reader.messages().isEmpty());
    return reader;
  }

  private static List<WatchedEvent> take(WatchReader reader, int count) {
    return patiently().until(reader::events, events -> events.size() >= count);
  }

  @Test
  void shouldTellWhatHappensAndWhoAskedOnANodeThatDoesNotLead() {
    String sku = create(1, 10);
    String store = store(1);
    cluster.awaitEqualReplicas(1);
    try (WatchReader reader =
        opened(WatchReader.open(cluster.followerOf(1), all().addStores(store).setSkuPrefix(sku)))) {
      Caller asking = call().withRequestId("request-of-the-watched");
      asking.ask(
          i -> i.reserve(reservation(store, "r-" + sku, sku, 4).setReference("o-1").build()));
      asking.ask(i -> i.adjustStock(adjustment(store, sku, -2).setReference("o-2").build()));
      Caller.failure(() -> asking.ask(i -> i.adjustStock(adjustment(store, sku, -9).build())));
      List<WatchedEvent> events = take(reader, 3);

      assertThat(events)
          .extracting(WatchedEvent::getKind)
          .containsExactly(
              EventKind.EVENT_KIND_STOCK_RESERVED,
              EventKind.EVENT_KIND_STOCK_ADJUSTED,
              EventKind.EVENT_KIND_COMMAND_REJECTED);
      assertThat(events)
          .extracting(WatchedEvent::getRequestId)
          .containsOnly("request-of-the-watched");
      assertThat(events).extracting(WatchedEvent::getPrincipal).containsOnly("anonymous");
      WatchedEvent reserved = events.get(0);
      assertThat(reserved.getReservationId()).isEqualTo("r-" + sku);
      assertThat(reserved.getReference()).isEqualTo("o-1");
      assertThat(reserved.getTimeMillis()).isPositive();
      assertThat(reserved.getChanges(0).getReservedDelta()).isEqualTo(4);
      WatchedChange adjusted = events.get(1).getChanges(0);
      assertThat(adjusted.getOnHandDelta()).isEqualTo(-2);
      assertThat(adjusted.getReservedDelta()).isZero();
      assertThat(adjusted.getAfter()).isEqualTo(asTold(call().get(store, sku)));
      assertThat(events.get(1).getReason()).isEqualTo("RECOUNT");
      WatchedEvent refused = events.get(2);
      assertThat(refused.getChangesList()).isEmpty();
      assertThat(refused.getSku()).isEqualTo(sku);
      assertThat(refused.getReason()).isEqualTo("INSUFFICIENT_STOCK");
    }
  }

  @Test
  void shouldTellWhatAStoreWasBefore() {
    String store = store(1, 5);
    cluster.awaitEqualReplicas(1);
    try (WatchReader reader =
        opened(WatchReader.open(cluster.leaderOf(1), all().addStores(store)))) {
      freeze(store, true);
      freeze(store, true);
      freeze(store, false);

      assertThat(take(reader, 3))
          .extracting(WatchedEvent::getStoreTerms)
          .containsExactly(terms(false, true), terms(true, true), terms(true, false));
    }
  }

  private void freeze(String store, boolean frozen) {
    SetStoreFrozenRequest request =
        SetStoreFrozenRequest.newBuilder().setStore(store).setFrozen(frozen).build();
    cluster.leaderOf(1).call().stub(TermsServiceGrpc::newBlockingStub).setStoreFrozen(request);
  }

  private static StoreTerms terms(boolean before, boolean now) {
    return StoreTerms.newBuilder().setFrozenBefore(before).setFrozen(now).build();
  }

  /** Without what only a read knows. */
  private static StockLevel asTold(StockLevel read) {
    return read.toBuilder().clearReservable().clearStoreFrozen().build();
  }

  @Test
  void shouldBeginAtATime() {
    String sku = create(1, 10);
    String store = store(1);
    call().ask(i -> i.adjustStock(adjustment(store, sku, -1).build()));
    call().ask(i -> i.adjustStock(adjustment(store, sku, -2).build()));
    cluster.awaitEqualReplicas(1);
    WatchRequest.Builder ofSku = fromTheBeginning().addStores(store).setSkuPrefix(sku);
    List<WatchedEvent> all;
    try (WatchReader reader = WatchReader.open(cluster.node(0), ofSku)) {
      all = take(reader, 3);
    }

    long second = all.get(1).getTimeMillis();
    WatchRequest.Builder atTime = all().addStores(store).setSkuPrefix(sku).setFromMillis(second);
    long sameTime = all.stream().filter(event -> event.getTimeMillis() >= second).count();
    for (TestNode node : List.of(cluster.node(0), cluster.followerOf(1))) {
      try (WatchReader reader = WatchReader.open(node, atTime)) {
        assertThat(take(reader, (int) sameTime))
            .isEqualTo(all.subList(all.size() - (int) sameTime, all.size()));
      }
    }
  }

  @Test
  void shouldTellAllOfALevelAndWhetherItIsDeleted() {
    String sku = create(1, 0);
    String store = store(1);
    cluster.awaitEqualReplicas(1);
    try (WatchReader reader =
        opened(WatchReader.open(cluster.leaderOf(1), all().addStores(store).setSkuPrefix(sku)))) {
      TermsServiceBlockingStub terms =
          cluster.leaderOf(1).call().stub(TermsServiceGrpc::newBlockingStub);
      terms.setSafetyStock(
          SetSafetyStockRequest.newBuilder().setStore(store).setSku(sku).setQuantity(7).build());
      terms.setItemFrozen(
          SetItemFrozenRequest.newBuilder().setStore(store).setSku(sku).setFrozen(true).build());
      StockLevel frozen = call().get(store, sku);
      terms.setItemFrozen(
          SetItemFrozenRequest.newBuilder().setStore(store).setSku(sku).setFrozen(false).build());
      terms.deleteItem(DeleteItemRequest.newBuilder().setStore(store).setSku(sku).build());
      List<WatchedEvent> events = take(reader, 4);

      assertThat(events.get(1).getChanges(0).getAfter()).isEqualTo(asTold(frozen));
      assertThat(frozen.getSafetyStock()).isEqualTo(7);
      assertThat(events)
          .extracting(event -> event.getChanges(0).getFrozenBefore())
          .containsExactly(false, false, true, false);
      assertThat(events)
          .extracting(event -> event.getChanges(0).getSafetyStockBefore())
          .containsExactly(0L, 7L, 7L, 7L);
      assertThat(events)
          .extracting(event -> event.getChanges(0).getDeleted())
          .containsExactly(false, false, false, true);
    }
  }

  @Test
  void shouldLetThroughOnlyWhatWasAskedForAndTellHowFarItGot() {
    String wanted = create(0, 100);
    String other = create(0, 100);
    String elsewhere = create(2, 100);
    WatchRequest.Builder request =
        all()
            .addStores(store(0))
            .setSkuPrefix(wanted)
            .addKinds(EventKind.EVENT_KIND_STOCK_ADJUSTED);
    try (WatchReader reader = opened(WatchReader.open(cluster.node(1), request))) {
      call().adjust(store(2), elsewhere, -1);
      call().ask(i -> i.reserve(reservation(store(0), "r-" + wanted, wanted, 1).build()));
      long sequence = call().adjust(store(0), wanted, -1).getPosition().getSequence();
      long last = call().adjust(store(0), other, -1).getPosition().getSequence();

      patiently().until(() -> reader.reached().getOrDefault(0, 0L) >= last);
      assertThat(reader.events())
          .extracting(event -> event.getPosition().getSequence())
          .containsExactly(sequence);
      assertThat(reader.reached()).as("only the partition of the store").containsOnlyKeys(0);
    }
  }

  @Test
  void shouldStartFromNowWithThePositions() {
    String sku = create(1, 5);
    long head = cluster.awaitEqualReplicas(1).sequence();
    try (WatchReader reader = opened(WatchReader.open(cluster.node(2), all()))) {
      WatchMessage first = reader.messages().get(0);

      assertThat(first.hasEvent()).isFalse();
      assertThat(first.getPositionsList()).contains(at(1, head).build());
      long next = call().adjust(store(1), sku, 1).getPosition().getSequence();
      assertThat(take(reader, 1).get(0).getPosition()).isEqualTo(at(1, next).build());
    }
  }

  @Test
  void shouldLeaveOutWhatTheClusterDoesForItselfUnlessAsked() {
    String sku = create(0, 1_000_000);
    cluster.move(store(0), sku, 1_100); // a digest comes every 1 000 events
    long head = cluster.awaitEqualReplicas(0).sequence();
    WatchRequest.Builder digests =
        fromTheBeginning().addKinds(EventKind.EVENT_KIND_STATE_DIGEST_RECORDED);
    try (WatchReader usual = WatchReader.open(cluster.node(0), fromTheBeginning());
        WatchReader asked = WatchReader.open(cluster.node(0), digests)) {
      patiently().until(() -> usual.reached().getOrDefault(0, 0L) >= head);
      take(asked, 1);

      assertThat(usual.events())
          .extracting(WatchedEvent::getKind)
          .doesNotContain(EventKind.EVENT_KIND_STATE_DIGEST_RECORDED)
          .contains(EventKind.EVENT_KIND_ITEM_CREATED);
      assertThat(asked.events())
          .extracting(WatchedEvent::getKind)
          .containsOnly(EventKind.EVENT_KIND_STATE_DIGEST_RECORDED);
    }
  }

  @Test
  void shouldResumeInTheMiddleOfABatchOnAnotherNode() {
    String sku = create(2, 1_000_000);
    long before = cluster.awaitEqualReplicas(2).sequence();
    cluster.move(store(2), sku, 50);
    cluster.awaitEqualReplicas(2);
    WatchRequest.Builder request = all().addStores(store(2)).setSkuPrefix(sku);
    for (int taken : List.of(1, 17, 50)) {
      WatchRequest.Builder resumed = request.clone().addFrom(at(2, before + taken));
      try (WatchReader reader = WatchReader.open(cluster.node(taken % 3), resumed)) {
        patiently().until(() -> reader.reached().getOrDefault(2, 0L) >= before + 50);

        assertThat(reader.events())
            .extracting(event -> event.getPosition().getSequence())
            .containsExactlyElementsOf(
                LongStream.rangeClosed(before + taken + 1, before + 50).boxed().toList());
      }
    }
  }

  @Test
  void shouldSlowNeitherWritesNorOthersForAWatcherThatTakesNothing() {
    String sku = create(0, 1_000_000);
    WatchRequest.Builder request = all().addStores(store(0)).setSkuPrefix(sku);
    TestNode leader = cluster.leaderOf(0);
    long before = leader.state(0).applied().sequence();
    try (WatchReader slow = WatchReader.open(leader, request.clone().addFrom(at(0, before)), 0);
        WatchReader quick = WatchReader.open(leader, request.clone().addFrom(at(0, before)))) {
      for (int i = 0; i < 20; i++) {
        cluster.move(store(0), sku, 1_000); // some megabytes, more than the transport buffers
      }

      List<WatchedEvent> told = take(quick, 20_000);
      assertThat(slow.messages()).isEmpty();
      assertThat(slow.error()).isNull();
      slow.request(Integer.MAX_VALUE);
      assertThat(take(slow, 20_000)).isEqualTo(told);
    }
  }

  @Test
  void shouldNotTakeMoreWatchersThanItsBound() {
    List<WatchReader> readers = new ArrayList<>();
    TestNode node = cluster.node(1);
    for (int i = 0; i < WATCHERS_MAX; i++) {
      readers.add(
          patiently()
              .until(
                  () -> accepted(WatchReader.open(node, all())),
                  reader -> reader.error() == null)); // those of other tests have to leave first
    }

    assertThat(ended(WatchReader.open(node, all())).reason()).isEqualTo(Reason.OVERLOADED);

    readers.forEach(WatchReader::close);
    WatchReader next =
        patiently()
            .until(() -> accepted(WatchReader.open(node, all())), reader -> reader.error() == null);
    next.close();
  }

  private static WatchReader accepted(WatchReader reader) {
    patiently().until(() -> !reader.messages().isEmpty() || reader.error() != null);
    return reader;
  }

  @Test
  void shouldNameWhatIsWrongWithARequest() {
    WatchRequest.Builder wrong =
        all()
            .addStores("")
            .setSkuPrefix("x".repeat(129))
            .addKinds(EventKind.EVENT_KIND_UNSPECIFIED)
            .addKindsValue(9_999)
            .addFrom(at(3, 1))
            .addFrom(at(0, -1))
            .addFrom(at(0, 1));

    assertThat(ended(WatchReader.open(cluster.node(0), wrong)).violations())
        .extracting(violation -> violation.field())
        .containsExactly(
            "stores[0]",
            "sku_prefix",
            "kinds[0]",
            "kinds[1]",
            "from[0].partition",
            "from[1].sequence",
            "from[2].partition");
    WatchRequest.Builder many = all();
    IntStream.rangeClosed(0, 100).forEach(i -> many.addStores("s" + i));
    assertThat(ended(WatchReader.open(cluster.node(0), many)).violations())
        .extracting(violation -> violation.field())
        .containsExactly("stores");
  }

  @Test
  void shouldRefuseAWatcherThatIsAhead() {
    long head = cluster.awaitEqualReplicas(1).sequence();
    HoldfastException ahead =
        ended(WatchReader.open(cluster.node(0), all().addFrom(at(1, head + 9))));

    assertThat(ahead.reason()).isEqualTo(Reason.AHEAD_OF_LOG);
    assertThat(ahead.metadata())
        .containsEntry("partition", "1")
        .containsEntry("next_sequence", Long.toString(head + 1));
  }

  @Test
  void shouldTellTheEarliestSequenceWhenHistoryIsGone(@TempDir Path directory) {
    try (TestCluster single = TestCluster.single(directory, Map.of("receipts.retention", "1s"))) {
      Caller caller = single.node(0).call();
      String store = store(0);
      caller.create(store, SKU, 100);
      PartitionReplica replica = single.node(0).replica(0);
      long earliest =
          patiently().until(() -> replica.trimLog(Long.MAX_VALUE, 0), found -> found > 1);

      WatchRequest.Builder request = all().addStores(store).addFrom(at(0, 0));
      HoldfastException truncated = ended(WatchReader.open(single.node(0), request));

      assertThat(truncated.reason()).isEqualTo(Reason.HISTORY_TRUNCATED);
      assertThat(truncated.metadata())
          .containsEntry("partition", "0")
          .containsEntry("earliest_sequence", Long.toString(earliest));
      WatchRequest.Builder behind = all().addStores(store).addFrom(at(0, earliest - 1));
      try (WatchReader reader = WatchReader.open(single.node(0), behind)) {
        long sequence = caller.adjust(store, SKU, -1).getPosition().getSequence();
        assertThat(take(reader, 1).get(0).getPosition()).isEqualTo(at(0, sequence).build());
      }
    }
  }

  private static HoldfastException ended(WatchReader reader) {
    try (reader) {
      Throwable error = patiently().until(reader::error, Objects::nonNull);
      return HoldfastException.from(Objects.requireNonNull(error));
    }
  }
}
