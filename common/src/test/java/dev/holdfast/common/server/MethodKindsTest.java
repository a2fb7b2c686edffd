package dev.holdfast.common.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MethodKindsTest {

  /** A change that is taken for a read would be called "not tried" when it was made. */
  @Test
  void shouldTakeNoChangeForARead() {
    assertThat(methods().filter(method -> !MethodKinds.isRead(method)))
        .extracting(MethodDescriptor::getBareMethodName)
        .containsExactlyInAnyOrder(
            "CreateItem",
            "AdjustStock",
            "Reserve",
            "ConfirmReservation",
            "ReleaseReservation",
            "ExtendReservation",
            "ReplaceReservation",
            "CountStock",
            "SubmitBatch",
            "SubmitOrder",
            "SetSafetyStock",
            "SetItemFrozen",
            "DeleteItem",
            "SetStoreFrozen",
            "AcquireLease",
            "RenewLease",
            "ReleaseLease",
            "ShipTransfer",
            "ReceiveTransfer",
            "CancelTransfer",
            "OpenExport",
            "CloseExport",
            "StartSync",
            "StopSync",
            "SyncNow",
            "Rebuild",
            "RetryDeadLetter",
            "DiscardDeadLetter");
  }

  private static Stream<MethodDescriptor<?, ?>> methods() {
    return Stream.of(
            InventoryServiceGrpc.getServiceDescriptor(),
            OrderServiceGrpc.getServiceDescriptor(),
            TermsServiceGrpc.getServiceDescriptor(),
            LeaseServiceGrpc.getServiceDescriptor(),
            TransferServiceGrpc.getServiceDescriptor(),
            ClusterServiceGrpc.getServiceDescriptor(),
            FeedServiceGrpc.getServiceDescriptor(),
            WatchServiceGrpc.getServiceDescriptor(),
            ExportServiceGrpc.getServiceDescriptor(),
            GlobalStockServiceGrpc.getServiceDescriptor(),
            HistoryServiceGrpc.getServiceDescriptor(),
            SyncServiceGrpc.getServiceDescriptor(),
            DeadLetterServiceGrpc.getServiceDescriptor())
        .map(ServiceDescriptor::getMethods)
        .flatMap(methods -> methods.stream());
  }
}
