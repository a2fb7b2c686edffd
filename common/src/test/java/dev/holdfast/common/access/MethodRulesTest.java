package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.common.access.MethodRule.Named;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.HandoverServiceGrpc;
import dev.holdfast.proto.cluster.v1.JoinRequest;
import dev.holdfast.proto.cluster.v1.MembershipServiceGrpc;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MethodRulesTest {
  /** The table, spelled out a second time: whoever changes it changes who may do what. */
  private static final String TABLE =
      """
      inventory.v1.InventoryService/CreateItem             OPERATOR Named
      inventory.v1.InventoryService/AdjustStock            OPERATOR Named
      inventory.v1.InventoryService/Reserve                OPERATOR Named
      inventory.v1.InventoryService/ConfirmReservation     OPERATOR Named
      inventory.v1.InventoryService/ReleaseReservation     OPERATOR Named
      inventory.v1.InventoryService/CountStock             OPERATOR Named
      inventory.v1.InventoryService/ExtendReservation      OPERATOR Named
      inventory.v1.InventoryService/ReplaceReservation     OPERATOR Named
      inventory.v1.InventoryService/SubmitBatch            OPERATOR Named
      inventory.v1.OrderService/SubmitOrder                OPERATOR Named
      inventory.v1.InventoryService/GetStock               VIEWER   Named
      inventory.v1.InventoryService/BatchGetStock          VIEWER   Named
      inventory.v1.InventoryService/ListStock              VIEWER   Named
      inventory.v1.InventoryService/GetReservation         VIEWER   Named
      inventory.v1.InventoryService/ListReservations       VIEWER   Named
      inventory.v1.InventoryService/ExplainStock           VIEWER   Named
      inventory.v1.TermsService/SetSafetyStock             OPERATOR Named
      inventory.v1.TermsService/SetItemFrozen              OPERATOR Named
      inventory.v1.TermsService/DeleteItem                 OPERATOR Named
      inventory.v1.TermsService/SetStoreFrozen             OPERATOR Named
      inventory.v1.TermsService/GetStore                   VIEWER   Named
      inventory.v1.TermsService/ListStores                 VIEWER   Some
      inventory.v1.LeaseService/AcquireLease               OPERATOR Named
      inventory.v1.LeaseService/RenewLease                 OPERATOR Named
      inventory.v1.LeaseService/ReleaseLease               OPERATOR Named
      inventory.v1.LeaseService/GetLease                   VIEWER   Named
      inventory.v1.TransferService/ShipTransfer            OPERATOR Named
      inventory.v1.TransferService/ReceiveTransfer         OPERATOR Named
      inventory.v1.TransferService/CancelTransfer          OPERATOR Named
      inventory.v1.TransferService/GetTransfer             VIEWER   Named
      inventory.v1.TransferService/ListTransfers           VIEWER   Named
      cluster.v1.HandoverService/CreditHandovers           PEER     Itself
      feed.v1.FeedService/Subscribe                        VIEWER   Cluster
      feed.v1.FeedService/GetHead                          VIEWER   Cluster
      feed.v1.ExportService/OpenExport                     VIEWER   Cluster
      feed.v1.ExportService/ReadExport                     VIEWER   Cluster
      feed.v1.ExportService/GetExportDigests               VIEWER   Cluster
      feed.v1.ExportService/GetExportTransfers             VIEWER   Cluster
      feed.v1.ExportService/GetExportReservations          VIEWER   Cluster
      feed.v1.ExportService/CloseExport                    VIEWER   Cluster
      feed.v1.WatchService/Watch                           VIEWER   Named
      inventory.v1.GlobalStockService/GetGlobalStock       VIEWER   Some
      inventory.v1.GlobalStockService/BatchGetGlobalStock  VIEWER   Some
      inventory.v1.GlobalStockService/ListGlobalStock      VIEWER   Named
      inventory.v1.GlobalStockService/GetPositions         VIEWER   Some
      inventory.v1.HistoryService/ListMovements            VIEWER   Named
      inventory.v1.HistoryService/GetStockAsOf             VIEWER   Named
      inventory.v1.HistoryService/ListStockAsOf            VIEWER   Named
      inventory.v1.HistoryService/FindHistory              VIEWER   Named
      aggregator.v1.SyncService/GetSyncStatus              VIEWER   Cluster
      aggregator.v1.SyncService/StartSync                  ADMIN    Cluster
      aggregator.v1.SyncService/StopSync                   ADMIN    Cluster
      aggregator.v1.SyncService/SyncNow                    VIEWER   Cluster
      aggregator.v1.SyncService/Rebuild                    ADMIN    Cluster
      aggregator.v1.SyncService/Verify                     VIEWER   Cluster
      aggregator.v1.SyncService/ListViolations             VIEWER   Cluster
      aggregator.v1.DeadLetterService/ListDeadLetters      VIEWER   Cluster
      aggregator.v1.DeadLetterService/GetDeadLetter        VIEWER   Cluster
      aggregator.v1.DeadLetterService/RetryDeadLetter      ADMIN    Cluster
      aggregator.v1.DeadLetterService/DiscardDeadLetter    ADMIN    Cluster
      cluster.v1.ClusterService/GetTopology                null     Known
      cluster.v1.ClusterService/GetNodeStatus              VIEWER   Some
      cluster.v1.MembershipService/Introduce               PEER     Itself
      cluster.v1.MembershipService/Join                    PEER     Itself
      cluster.v1.AccessService/WhoAmI                      null     Known
      cluster.v1.AccessService/TestAccess                  ADMIN    Cluster
      """;

  /** What does not count as a change of the table: the services of gRPC itself. */
  private static final String OF_GRPC =
      """
      grpc.health.v1.Health/Check                                          null Open
      grpc.health.v1.Health/Watch                                          null Open
      grpc.reflection.v1.ServerReflection/ServerReflectionInfo             null Known
      grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo        null Known
      """;

  private static final List<ServiceDescriptor> SERVICES =
      List.of(
          InventoryServiceGrpc.getServiceDescriptor(),
          OrderServiceGrpc.getServiceDescriptor(),
          TermsServiceGrpc.getServiceDescriptor(),
          LeaseServiceGrpc.getServiceDescriptor(),
          TransferServiceGrpc.getServiceDescriptor(),
          HandoverServiceGrpc.getServiceDescriptor(),
          FeedServiceGrpc.getServiceDescriptor(),
          ExportServiceGrpc.getServiceDescriptor(),
          WatchServiceGrpc.getServiceDescriptor(),
          GlobalStockServiceGrpc.getServiceDescriptor(),
          HistoryServiceGrpc.getServiceDescriptor(),
          SyncServiceGrpc.getServiceDescriptor(),
          DeadLetterServiceGrpc.getServiceDescriptor(),
          ClusterServiceGrpc.getServiceDescriptor(),
          MembershipServiceGrpc.getServiceDescriptor(),
          AccessServiceGrpc.getServiceDescriptor());

  private static final Set<String> NAMES_OF_STORE_FIELDS = Set.of("store", "stores", "destination");

  private static final Caller OF_OSLO = Callers.of("user/alice", "operator:oslo");

  @Test
  void shouldKeepTheTable() {
    String ours = TABLE.lines().map(line -> "holdfast." + line + "\n").reduce("", String::concat);
    Stream<String> rows = (ours + OF_GRPC).lines().map(line -> line.replaceAll(" +", " ").trim());

    assertThat(MethodRules.table().stream().map(MethodRulesTest::row))
        .containsExactlyInAnyOrderElementsOf(rows.toList());
  }

  private static String row(MethodRule<?> rule) {
    return "%s %s %s"
        .formatted(rule.method(), rule.role(), rule.scope().getClass().getSimpleName());
  }

  static List<MethodDescriptor<?, ?>> methods() {
    return SERVICES.stream()
        .<MethodDescriptor<?, ?>>flatMap(service -> service.getMethods().stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void shouldHaveARow(MethodDescriptor<?, ?> method) {
    assertThat(MethodRules.of(method.getFullMethodName())).isNotNull();
  }

  @Test
  void shouldHaveNoRowForOthers() {
    assertThat(MethodRules.of("holdfast.inventory.v1.InventoryService/DropAll")).isNull();
    assertThat(MethodRules.of("")).isNull();
  }

  /** One request for each field that may name a store: all others are allowed. */
  @ParameterizedTest
  @MethodSource("methods")
  void shouldFindEveryStoreThatARequestNames(MethodDescriptor<?, ?> method) {
    MethodRule<Message> rule = rule(method);
    if (!(rule.scope() instanceof Named) || method.getBareMethodName().equals("BatchGetStock")) {
      return;
    }
    List<Message> foreign = foreign(prototype(method));

    assertThat(foreign).isNotEmpty();
    for (Message request : foreign) {
      Refusal refusal = Objects.requireNonNull(rule.refusal(OF_OSLO, request), request.toString());
      assertThat(refusal.reason()).isEqualTo(Reason.PERMISSION_DENIED);
      assertThat(refusal.metadata())
          .containsEntry("store", "berlin")
          .containsEntry("role", Objects.requireNonNull(rule.role()).text());
    }
    assertThat(rule.refusal(OF_OSLO, prototype(method))).isNull();
  }

  @SuppressWarnings("unchecked") // a row is made from the descriptor of its method
  private static MethodRule<Message> rule(MethodDescriptor<?, ?> method) {
    return (MethodRule<Message>) Objects.requireNonNull(MethodRules.of(method.getFullMethodName()));
  }

  private static Message prototype(MethodDescriptor<?, ?> method) {
    return (Message)
        Objects.requireNonNull(
            ((PrototypeMarshaller<?>) method.getRequestMarshaller()).getMessagePrototype());
  }

  /** The same message with one field each that names another store, however deep. */
  private static List<Message> foreign(Message empty) {
    List<Message> found = new ArrayList<>();
    for (FieldDescriptor field : empty.getDescriptorForType().getFields()) {
      if (NAMES_OF_STORE_FIELDS.contains(field.getName())) {
        found.add(with(empty, field, "berlin"));
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        Message part = empty.toBuilder().newBuilderForField(field).build();
        foreign(part).forEach(inner -> found.add(with(empty, field, inner)));
      }
    }
    return found;
  }

  private static Message with(Message message, FieldDescriptor field, Object value) {
    Message.Builder builder = message.toBuilder();
    return (field.isRepeated()
            ? builder.addRepeatedField(field, value)
            : builder.setField(field, value))
        .build();
  }

  @Test
  void shouldAllowABatchOfReadsIfOneStoreIsAllowed() {
    MethodRule<Message> rule = rule(InventoryServiceGrpc.getBatchGetStockMethod());
    ItemKey own = ItemKey.newBuilder().setStore("oslo").build();
    ItemKey foreign = ItemKey.newBuilder().setStore("berlin").build();

    assertThat(rule.refusal(OF_OSLO, batch(foreign, own))).isNull();
    assertThat(rule.refusal(OF_OSLO, batch())).isNull();
    assertThat(Objects.requireNonNull(rule.refusal(OF_OSLO, batch(foreign, foreign))).metadata())
        .containsEntry("store", "berlin");
  }

  private static Message batch(ItemKey... items) {
    return BatchGetStockRequest.newBuilder().addAllItems(List.of(items)).build();
  }

  @Test
  void shouldNeedAnAdminToRepairButNotToVerify() {
    MethodRule<Message> rule = rule(SyncServiceGrpc.getVerifyMethod());
    Caller viewer = Callers.of("user/alice", "viewer:*");
    VerifyRequest repair = VerifyRequest.newBuilder().setRepair(true).build();

    assertThat(rule.refusal(viewer, VerifyRequest.getDefaultInstance())).isNull();
    assertThat(Objects.requireNonNull(rule.refusal(viewer, repair)).metadata())
        .containsEntry("role", "admin");
    assertThat(rule.refusal(Callers.of("user/root", "admin"), repair)).isNull();
  }

  @Test
  void shouldLetANodeSpeakForItselfOnly() {
    MethodRule<Message> rule = rule(MembershipServiceGrpc.getJoinMethod());
    JoinRequest asB = JoinRequest.newBuilder().setNodeId("node-b").build();

    assertThat(rule.refusal(Callers.peer("node-b"), asB)).isNull();
    assertThat(Objects.requireNonNull(rule.refusal(Callers.peer("node-a"), asB)).message())
        .isEqualTo(
            "node/node-a needs the role peer, which only the certificate of that store node gives");
    assertThat(rule.refusal(Callers.of("user/root", "admin"), asB)).isNotNull();
  }
}
