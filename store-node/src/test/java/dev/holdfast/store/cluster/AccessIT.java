package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.failure;
import static dev.holdfast.store.cluster.Caller.newKey;
import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.CreditHandoversRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.HandoverServiceGrpc;
import dev.holdfast.proto.cluster.v1.IntroduceRequest;
import dev.holdfast.proto.cluster.v1.MembershipServiceGrpc;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.GetHeadRequest;
import dev.holdfast.proto.feed.v1.OpenExportRequest;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.ListStoresRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.Store;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.Transfer;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes, and callers who may do different things. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessIT {
  /** Stores that ann may change, one per partition, and one that she may not know. */
  private static final List<String> HERS = IntStream.range(0, 3).mapToObj(i -> store(i)).toList();

  private static final String OTHER = store(1, 1);

  private final Map<String, TestNode> called = new HashMap<>();
  private TestCertificates certificates;
  private TestCluster cluster;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    certificates = new TestCertificates(Files.createDirectories(directory.resolve("certificates")));
    cluster = TestCluster.secured(directory, certificates, Map.of()).start();
    cluster.awaitPreferredLeaders();
    for (String store : HERS) {
      cluster.node(0).call().create(store, "tea", 100);
    }
    cluster.node(0).call().create(OTHER, "tea", 100);
    cluster.node(0).call().create(OTHER, "secret", 100);
  }

  @BeforeEach
  void grant() {
    certificates.grant(
        "user/caller: [{role: admin}]",
        "user/ann: [{role: operator, stores: [%s]}]".formatted(String.join(", ", HERS)),
        "user/vic: [{role: viewer, stores: [%s]}]".formatted(HERS.get(0)));
    for (TestNode node : cluster.nodes()) {
      awaitRights(node, "ann", HERS.get(0), true);
    }
  }

  private void awaitRights(TestNode node, String user, String store, boolean allowed) {
    patiently()
        .until(
            () -> {
              try {
                as(user, node).get(store, "tea");
                return allowed;
              } catch (io.grpc.StatusRuntimeException e) {
                return !allowed;
              }
            });
  }

  @AfterAll
  void stop() {
    called.values().forEach(TestNode::close);
    cluster.close();
  }

  /** Calls on a node by a user. */
  private Caller as(String user, TestNode node) {
    return calledBy(user, node).call();
  }

  private TestNode calledBy(String user, TestNode node) {
    return called.computeIfAbsent(
        node.id + " by " + user,
        first -> node.calledBy(certificates.caller(user, TestCertificates.user(user))));
  }

  private static void denied(String role, ThrowingCallable call) {
    HoldfastException failure = failure(call);
    assertThat(failure.reason()).as("%s", failure.getMessage()).isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(failure.metadata()).containsEntry("role", role);
  }

  private static void deniedFor(String store, String role, ThrowingCallable call) {
    denied(role, call);
    assertThat(failure(call).metadata()).containsEntry("store", store);
  }

  @Test
  void shouldRecordWhoCalledWhicheverNodeWasAsked() {
    for (TestNode node : cluster.nodes()) {
      for (String store : HERS) {
        String id = node.id + "-" + store;
        as("ann", node).ask(stub -> stub.reserve(reservation(store, id, "tea", 1).build()));
        var read = GetReservationRequest.newBuilder().setStore(store).setReservationId(id).build();

        assertThat(as("ann", node).inventory().getReservation(read).getReservation().getPrincipal())
            .isEqualTo("user/ann");
      }
      var whoAmI = as("ann", node).stub(AccessServiceGrpc::newBlockingStub);
      assertThat(whoAmI.whoAmI(WhoAmIRequest.getDefaultInstance()).getPrincipal())
          .isEqualTo("user/ann");
    }
  }

  /** A key belongs to who used it, through every node. */
  @Test
  void shouldKeepReceiptsOfDifferentCallersApart() {
    String store = HERS.get(1);
    AdjustStockRequest change = adjustment(store, "tea", -1).setIdempotencyKey("the same").build();
    long version = cluster.node(0).call().get(store, "tea").getVersion();

    for (TestNode node : cluster.nodes()) {
      long ofAnn = as("ann", node).ask(stub -> stub.adjustStock(change)).getStock().getVersion();
      assertThat(ofAnn).isEqualTo(version + 1);
    }
    for (TestNode node : cluster.nodes()) {
      long other = node.call().ask(stub -> stub.adjustStock(change)).getStock().getVersion();
      assertThat(other).isEqualTo(version + 2);
    }
  }

  @Test
  void shouldRefuseChangesOfForeignStoresOnEveryNode() {
    long before = cluster.node(0).call().get(OTHER, "tea").getVersion();
    for (TestNode node : cluster.nodes()) {
      Caller ann = as("ann", node);
      var change = adjustment(OTHER, "tea", -1).setIdempotencyKey(newKey());
      deniedFor(OTHER, "operator", () -> ann.inventory().adjustStock(change.build()));
      // the same for what is not there
      deniedFor("nowhere", "operator", () -> ann.adjust("nowhere", "tea", 1));
      deniedFor(OTHER, "operator", () -> ann.adjust(OTHER, "no such thing", 1));
      deniedFor(OTHER, "operator", () -> ann.create(OTHER, "mine", 1));
      deniedFor(
          OTHER,
          "operator",
          () ->
              ann.inventory()
                  .submitBatch(
                      SubmitBatchRequest.newBuilder()
                          .addCommands(Caller.command(adjustment(HERS.get(0), "tea", -1)))
                          .addCommands(Caller.command(adjustment(OTHER, "tea", -1)))
                          .build()));
      deniedFor(
          OTHER,
          "operator",
          () ->
              ann.stub(OrderServiceGrpc::newBlockingStub)
                  .submitOrder(
                      SubmitOrderRequest.newBuilder()
                          .setStore(OTHER)
                          .addOperations(OrderOperation.newBuilder().setAdjustStock(change))
                          .build()));
      deniedFor(OTHER, "operator", () -> ship(ann, HERS.get(0), OTHER));
      deniedFor(OTHER, "operator", () -> ship(ann, OTHER, HERS.get(0)));
      denied("operator", () -> as("vic", node).adjust(HERS.get(0), "tea", -1));
    }
    assertThat(cluster.node(0).call().get(OTHER, "tea").getVersion()).isEqualTo(before);
  }

  private static void ship(Caller caller, String from, String to) {
    var unused =
        caller
            .stub(TransferServiceGrpc::newBlockingStub)
            .shipTransfer(
                ShipTransferRequest.newBuilder()
                    .setStore(from)
                    .setDestination(to)
                    .setIdempotencyKey(newKey())
                    .addLines(TransferUnits.newBuilder().setSku("tea").setQuantity(1))
                    .build());
  }

  @Test
  void shouldRefuseReadsOfForeignStores() {
    Caller ann = as("ann", cluster.node(0));

    deniedFor(OTHER, "viewer", () -> ann.get(OTHER, "tea"));
    deniedFor(OTHER, "viewer", () -> ann.get(OTHER, "no such thing"));
    deniedFor(
        OTHER,
        "viewer",
        () -> ann.inventory().listStock(ListStockRequest.newBuilder().setStore(OTHER).build()));
    deniedFor(
        OTHER,
        "viewer",
        () ->
            ann.inventory()
                .batchGetStock(
                    BatchGetStockRequest.newBuilder().addItems(item(OTHER, "tea")).build()));
  }

  private static ItemKey item(String store, String sku) {
    return ItemKey.newBuilder().setStore(store).setSku(sku).build();
  }

  @Test
  void shouldShowOnlyStoresThatOneMaySee() {
    ship(cluster.node(0).call(), OTHER, HERS.get(0));
    ship(cluster.node(0).call(), HERS.get(0), OTHER);
    for (TestNode node : cluster.nodes()) {
      Caller ann = as("ann", node);
      assertThat(storesOfStock(ann)).containsAll(HERS).doesNotContain(OTHER);
      assertThat(storesOfStock(node.call())).contains(OTHER);
      assertThat(
              ann.stub(TermsServiceGrpc::newBlockingStub)
                  .listStores(ListStoresRequest.getDefaultInstance())
                  .getStoresList())
          .extracting(Store::getStore)
          .containsExactlyInAnyOrderElementsOf(HERS);
      assertThat(
              ann.stub(TransferServiceGrpc::newBlockingStub)
                  .listTransfers(ListTransfersRequest.getDefaultInstance())
                  .getTransfersList())
          .extracting(Transfer::getStore)
          .containsOnly(HERS.get(0));
      BatchGetStockResponse some =
          ann.inventory()
              .batchGetStock(
                  BatchGetStockRequest.newBuilder()
                      .addItems(item(OTHER, "tea"))
                      .addItems(item(HERS.get(1), "tea"))
                      .addItems(item(HERS.get(1), "none"))
                      .addItems(item(OTHER, "none"))
                      .build());
      assertThat(some.getStockList()).extracting(StockLevel::getStore).containsExactly(HERS.get(1));
      assertThat(some.getMissingList()).containsExactly(item(HERS.get(1), "none"));
      assertThat(some.getDeniedList()).containsExactly(item(OTHER, "tea"), item(OTHER, "none"));
    }
  }

  /** All pages, one item each; no token tells of another store. */
  private static List<String> storesOfStock(Caller caller) {
    List<String> stores = new ArrayList<>();
    ListStockRequest.Builder request = ListStockRequest.newBuilder().setPageSize(1);
    do {
      ListStockResponse page = caller.ask(stub -> stub.listStock(request.build()));
      page.getStockList().forEach(level -> stores.add(level.getStore()));
      request.setPageToken(page.getNextPageToken());
      String token =
          new String(
              Base64.getUrlDecoder().decode(page.getNextPageToken()), StandardCharsets.UTF_8);
      assertThat(token.isEmpty() || stores.contains(token.split("\0", -1)[0])).isTrue();
    } while (!request.getPageToken().isEmpty());
    return stores;
  }

  @Test
  void shouldShowWatchersTheirStoresOnly() {
    TestNode node = cluster.node(1);
    try (WatchReader ann = WatchReader.open(calledBy("ann", node), WatchRequest.newBuilder());
        WatchReader all = WatchReader.open(node, WatchRequest.newBuilder())) {
      patiently().until(() -> !ann.reached().isEmpty() && !all.reached().isEmpty());

      cluster.node(0).call().adjust(OTHER, "tea", -1);
      cluster.node(0).call().adjust(HERS.get(1), "tea", -1);

      patiently().until(() -> !ann.events().isEmpty() && all.events().size() >= 2);
      assertThat(ann.events()).extracting(WatchedEvent::getStore).containsOnly(HERS.get(1));
      assertThat(ann.error()).isNull();
    }
    denied(
        "viewer",
        () -> {
          WatchRequest.Builder foreign = WatchRequest.newBuilder().addStores(OTHER);
          try (WatchReader refused = WatchReader.open(calledBy("ann", node), foreign)) {
            patiently().until(() -> refused.error() != null);
            throw Objects.requireNonNull(refused.error());
          }
        });
  }

  @Test
  void shouldKeepWhatIsAmongNodesAmongNodes() {
    Caller admin = cluster.node(0).call();
    denied(
        "peer",
        () ->
            admin
                .stub(HandoverServiceGrpc::newBlockingStub)
                .creditHandovers(CreditHandoversRequest.getDefaultInstance()));
    denied(
        "peer",
        () ->
            admin
                .stub(MembershipServiceGrpc::newBlockingStub)
                .introduce(IntroduceRequest.newBuilder().setNodeId("node-b").build()));
    Channel forged = forged(cluster.node(0).channel(), "user/ann");
    denied("peer", () -> new Caller(forged).get(HERS.get(0), "tea"));
  }

  private static Channel forged(Channel channel, String principal) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("x-holdfast-principal", Metadata.ASCII_STRING_MARSHALLER), principal);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** A node may not be any node: its certificate says which one it is. */
  @Test
  void shouldLetANodeSpeakForItselfOnly() {
    var asNodeB = certificates.caller("as-node-b", TestCertificates.node("node-b"));
    var asAggregator = certificates.caller("as-aggregator", TestCertificates.node("aggregator"));
    TestNode byNodeB = cluster.node(0).calledBy(asNodeB);
    TestNode byAggregator = cluster.node(0).calledBy(asAggregator);
    try (byNodeB;
        byAggregator) {
      var introducing = byNodeB.call().stub(MembershipServiceGrpc::newBlockingStub);
      assertThat(introducing.introduce(introduction("node-b")).getNodeId()).isEqualTo("node-a");
      denied("peer", () -> introducing.introduce(introduction("node-c")));
      denied(
          "peer",
          () ->
              byAggregator
                  .call()
                  .stub(MembershipServiceGrpc::newBlockingStub)
                  .introduce(introduction("aggregator")));
      var heads = byAggregator.call().stub(FeedServiceGrpc::newBlockingStub);
      assertThat(heads.getHead(GetHeadRequest.getDefaultInstance()).getSequence()).isPositive();
      denied("operator", () -> byAggregator.call().adjust(HERS.get(0), "tea", 1));
    }
  }

  private static IntroduceRequest introduction(String node) {
    return IntroduceRequest.newBuilder().setNodeId(node).build();
  }

  @Test
  void shouldShowWholePartitionsToWhoMaySeeAllStores() {
    Caller ann = as("ann", cluster.node(0));

    denied(
        "viewer",
        () ->
            ann.stub(FeedServiceGrpc::newBlockingStub)
                .getHead(GetHeadRequest.getDefaultInstance()));
    denied(
        "viewer",
        () ->
            ann.stub(ExportServiceGrpc::newBlockingStub)
                .openExport(OpenExportRequest.getDefaultInstance()));
    try (FeedReader feed = FeedReader.open(calledBy("ann", cluster.node(0)), 0, 1)) {
      patiently().until(() -> feed.error() != null);
    }
  }

  @Test
  void shouldNameTheClusterToWhoIsKnown() {
    var topology =
        as("nobody", cluster.node(0))
            .stub(ClusterServiceGrpc::newBlockingStub)
            .getTopology(GetTopologyRequest.getDefaultInstance());

    assertThat(topology.getNodesCount()).isEqualTo(3);
    denied("viewer", () -> as("nobody", cluster.node(0)).nodeStatus());
  }

  /** On all nodes within seconds, and on the connections that are open. */
  @Test
  void shouldFollowAChangeOfTheGrants() {
    as("ann", cluster.node(0)).get(HERS.get(0), "tea");

    certificates.grant("user/caller: [{role: admin}]");

    for (TestNode node : cluster.nodes()) {
      awaitRights(node, "ann", HERS.get(0), false);
      GetStockRequest read =
          GetStockRequest.newBuilder().setStore(HERS.get(0)).setSku("tea").build();
      denied("viewer", () -> as("ann", node).inventory().getStock(read));
    }
  }

  /** The node that is asked still has the old grants: the leader decides. */
  @Test
  void shouldAskTheLeaderForTheRightsAgain() {
    assertThat(cluster.leaderOf(0).id).isEqualTo("node-a");
    Channel ofPeer = forgedBy("node-b", cluster.node(0), "user/ann");
    Channel ofStranger = forgedBy("node-b", cluster.node(0), "user/nobody");

    new Caller(ofPeer).adjust(HERS.get(0), "tea", -1);
    denied("operator", () -> new Caller(ofStranger).adjust(HERS.get(0), "tea", -1));
    denied("operator", () -> new Caller(ofPeer).adjust(store(0, 1), "tea", -1));
  }

  private Channel forgedBy(String peer, TestNode node, String principal) {
    TestNode byPeer =
        called.computeIfAbsent(
            node.id + " by " + peer,
            first -> node.calledBy(certificates.caller("as-" + peer, TestCertificates.node(peer))));
    return forged(byPeer.channel(), principal);
  }
}
