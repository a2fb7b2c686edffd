package dev.holdfast.common.access;

import com.google.common.collect.Maps;
import dev.holdfast.common.access.MethodRule.Cluster;
import dev.holdfast.common.access.MethodRule.Itself;
import dev.holdfast.common.access.MethodRule.Known;
import dev.holdfast.common.access.MethodRule.More;
import dev.holdfast.common.access.MethodRule.Named;
import dev.holdfast.common.access.MethodRule.Open;
import dev.holdfast.common.access.MethodRule.Some;
import dev.holdfast.common.access.MethodRule.StoresOf;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.HandoverServiceGrpc;
import dev.holdfast.proto.cluster.v1.MembershipServiceGrpc;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.health.v1.HealthGrpc;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one table of which role a method needs, and where the stores stand in its requests. A method
 * without a row is refused to everybody.
 */
public final class MethodRules {
  private static final String REFLECTION =
      "grpc.reflection.%s.ServerReflection/ServerReflectionInfo";

  private static final Map<String, MethodRule<?>> ALL =
      Maps.uniqueIndex(
          Stream.of(stock(), terms(), transfers(), logs(), views(), cluster())
              .flatMap(List::stream)
              .toList(),
          MethodRule::method);

  private MethodRules() {}

  private static List<MethodRule<?>> stock() {
    return List.of(
        operator(InventoryServiceGrpc.getCreateItemMethod(), q -> q.getStore()),
        operator(InventoryServiceGrpc.getAdjustStockMethod(), q -> q.getStore()),
        operator(InventoryServiceGrpc.getReserveMethod(), q -> q.getStore()),
        operator(InventoryServiceGrpc.getConfirmReservationMethod(), q -> q.getStore()),
        operator(InventoryServiceGrpc.getReleaseReservationMethod(), q -> q.getStore()),
        operator(InventoryServiceGrpc.getCountStockMethod(), q -> q.getStore()),
        operator(InventoryServiceGrpc.getExtendReservationMethod(), q -> q.getStore()),
        operator(InventoryServiceGrpc.getReplaceReservationMethod(), q -> q.getStore()),
        named(
            InventoryServiceGrpc.getSubmitBatchMethod(),
            Role.OPERATOR,
            StoresIn.each(q -> q.getCommandsList(), StoresIn::of)),
        named(OrderServiceGrpc.getSubmitOrderMethod(), Role.OPERATOR, StoresIn::firstOutside),
        viewer(InventoryServiceGrpc.getGetStockMethod(), q -> q.getStore()),
        named(
            InventoryServiceGrpc.getBatchGetStockMethod(),
            Role.VIEWER,
            StoresIn.any(q -> q.getItemsList(), ItemKey::getStore)),
        viewer(InventoryServiceGrpc.getListStockMethod(), q -> q.getStore()),
        viewer(InventoryServiceGrpc.getGetReservationMethod(), q -> q.getStore()),
        viewer(InventoryServiceGrpc.getListReservationsMethod(), q -> q.getStore()),
        viewer(InventoryServiceGrpc.getExplainStockMethod(), q -> q.getStore()));
  }

  private static List<MethodRule<?>> terms() {
    return List.of(
        operator(TermsServiceGrpc.getSetSafetyStockMethod(), q -> q.getStore()),
        operator(TermsServiceGrpc.getSetItemFrozenMethod(), q -> q.getStore()),
        operator(TermsServiceGrpc.getDeleteItemMethod(), q -> q.getStore()),
        operator(TermsServiceGrpc.getSetStoreFrozenMethod(), q -> q.getStore()),
        viewer(TermsServiceGrpc.getGetStoreMethod(), q -> q.getStore()),
        some(TermsServiceGrpc.getListStoresMethod()),
        operator(LeaseServiceGrpc.getAcquireLeaseMethod(), q -> q.getStore()),
        operator(LeaseServiceGrpc.getRenewLeaseMethod(), q -> q.getStore()),
        operator(LeaseServiceGrpc.getReleaseLeaseMethod(), q -> q.getStore()),
        viewer(LeaseServiceGrpc.getGetLeaseMethod(), q -> q.getStore()));
  }

  /** Who ships raises the stock of the destination in the end; who receives only completes it. */
  private static List<MethodRule<?>> transfers() {
    return List.of(
        named(
            TransferServiceGrpc.getShipTransferMethod(),
            Role.OPERATOR,
            StoresIn.fields(q -> q.getStore(), q -> q.getDestination())),
        operator(TransferServiceGrpc.getReceiveTransferMethod(), q -> q.getStore()),
        operator(TransferServiceGrpc.getCancelTransferMethod(), q -> q.getStore()),
        viewer(TransferServiceGrpc.getGetTransferMethod(), q -> q.getStore()),
        named(
            TransferServiceGrpc.getListTransfersMethod(),
            Role.VIEWER,
            StoresIn.fields(q -> q.getStore(), q -> q.getDestination())),
        peer(HandoverServiceGrpc.getCreditHandoversMethod(), q -> ""));
  }

  /** Logs and exports are those of whole partitions. */
  private static List<MethodRule<?>> logs() {
    return List.of(
        all(FeedServiceGrpc.getSubscribeMethod(), Role.VIEWER),
        all(FeedServiceGrpc.getGetHeadMethod(), Role.VIEWER),
        all(ExportServiceGrpc.getOpenExportMethod(), Role.VIEWER),
        all(ExportServiceGrpc.getReadExportMethod(), Role.VIEWER),
        all(ExportServiceGrpc.getGetExportDigestsMethod(), Role.VIEWER),
        all(ExportServiceGrpc.getGetExportTransfersMethod(), Role.VIEWER),
        all(ExportServiceGrpc.getGetExportReservationsMethod(), Role.VIEWER),
        all(ExportServiceGrpc.getCloseExportMethod(), Role.VIEWER),
        named(
            WatchServiceGrpc.getWatchMethod(),
            Role.VIEWER,
            StoresIn.each(q -> q.getStoresList(), Function.identity())));
  }

  /** What an aggregator serves. Its status and its letters tell of all stores. */
  private static List<MethodRule<?>> views() {
    return List.of(
        some(GlobalStockServiceGrpc.getGetGlobalStockMethod()),
        some(GlobalStockServiceGrpc.getBatchGetGlobalStockMethod()),
        viewer(GlobalStockServiceGrpc.getListGlobalStockMethod(), q -> q.getStore()),
        some(GlobalStockServiceGrpc.getGetPositionsMethod()),
        viewer(HistoryServiceGrpc.getListMovementsMethod(), q -> q.getStore()),
        viewer(HistoryServiceGrpc.getGetStockAsOfMethod(), q -> q.getStore()),
        viewer(HistoryServiceGrpc.getListStockAsOfMethod(), q -> q.getStore()),
        viewer(HistoryServiceGrpc.getFindHistoryMethod(), q -> q.getStore()),
        all(SyncServiceGrpc.getGetSyncStatusMethod(), Role.VIEWER),
        all(SyncServiceGrpc.getStartSyncMethod(), Role.ADMIN),
        all(SyncServiceGrpc.getStopSyncMethod(), Role.ADMIN),
        all(SyncServiceGrpc.getSyncNowMethod(), Role.VIEWER),
        all(SyncServiceGrpc.getRebuildMethod(), Role.ADMIN),
        verify(),
        all(SyncServiceGrpc.getListViolationsMethod(), Role.VIEWER),
        all(DeadLetterServiceGrpc.getListDeadLettersMethod(), Role.VIEWER),
        all(DeadLetterServiceGrpc.getGetDeadLetterMethod(), Role.VIEWER),
        all(DeadLetterServiceGrpc.getRetryDeadLetterMethod(), Role.ADMIN),
        all(DeadLetterServiceGrpc.getDiscardDeadLetterMethod(), Role.ADMIN));
  }

  private static List<MethodRule<?>> cluster() {
    return List.of(
        known(ClusterServiceGrpc.getGetTopologyMethod().getFullMethodName()),
        some(ClusterServiceGrpc.getGetNodeStatusMethod()),
        peer(MembershipServiceGrpc.getIntroduceMethod(), q -> q.getNodeId()),
        peer(MembershipServiceGrpc.getJoinMethod(), q -> q.getNodeId()),
        known(AccessServiceGrpc.getWhoAmIMethod().getFullMethodName()),
        all(AccessServiceGrpc.getTestAccessMethod(), Role.ADMIN),
        open(HealthGrpc.getCheckMethod()),
        open(HealthGrpc.getWatchMethod()),
        known(REFLECTION.formatted("v1")),
        known(REFLECTION.formatted("v1alpha")));
  }

  private static <Q> MethodRule<Q> operator(
      MethodDescriptor<Q, ?> method, Function<Q, String> store) {
    return named(method, Role.OPERATOR, StoresIn.field(store));
  }

  private static <Q> MethodRule<Q> viewer(
      MethodDescriptor<Q, ?> method, Function<Q, String> store) {
    return named(method, Role.VIEWER, StoresIn.field(store));
  }

  private static <Q> MethodRule<Q> named(
      MethodDescriptor<Q, ?> method, Role role, StoresOf<Q> stores) {
    return new MethodRule<>(method.getFullMethodName(), role, new Named<>(stores), null);
  }

  private static <Q> MethodRule<Q> some(MethodDescriptor<Q, ?> method) {
    return new MethodRule<>(method.getFullMethodName(), Role.VIEWER, new Some<>(), null);
  }

  private static <Q> MethodRule<Q> all(MethodDescriptor<Q, ?> method, Role role) {
    return new MethodRule<>(method.getFullMethodName(), role, new Cluster<>(), null);
  }

  private static <Q> MethodRule<Q> peer(MethodDescriptor<Q, ?> method, Function<Q, String> id) {
    return new MethodRule<>(method.getFullMethodName(), Role.PEER, new Itself<>(id), null);
  }

  private static MethodRule<?> known(String method) {
    return new MethodRule<>(method, null, new Known<>(), null);
  }

  private static MethodRule<?> open(MethodDescriptor<?, ?> method) {
    return new MethodRule<>(method.getFullMethodName(), null, new Open<>(), null);
  }

  /** Verifying reads, and repairing changes the view. */
  private static MethodRule<VerifyRequest> verify() {
    return new MethodRule<>(
        SyncServiceGrpc.getVerifyMethod().getFullMethodName(),
        Role.VIEWER,
        new Cluster<>(),
        new More<>(VerifyRequest::getRepair, Role.ADMIN));
  }

  /** The rule of a method; null when it has none, and nobody may call it. */
  public static @Nullable MethodRule<?> of(String fullMethodName) {
    return ALL.get(fullMethodName);
  }

  /** The rule of a method that has one. */
  @SuppressWarnings("unchecked") // a row is made from the descriptor of its method
  static <Q> MethodRule<Q> of(MethodDescriptor<Q, ?> method) {
    String name = method.getFullMethodName();
    return (MethodRule<Q>) Objects.requireNonNull(ALL.get(name), name);
  }

  /** All of them, in the order of the table. */
  public static List<MethodRule<?>> table() {
    return List.copyOf(ALL.values());
  }
}
