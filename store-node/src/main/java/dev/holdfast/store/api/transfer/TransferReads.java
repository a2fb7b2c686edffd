package dev.holdfast.store.api.transfer;

import dev.holdfast.common.access.Caller;
import dev.holdfast.common.access.Stores;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.common.status.TransferRefusals;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersResponse;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.store.api.call.Positions;
import dev.holdfast.store.api.read.FreshReads;
import dev.holdfast.store.api.read.MergedPages;
import dev.holdfast.store.api.read.PageToken;
import dev.holdfast.store.api.read.ReadRules;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.read.Page;
import dev.holdfast.store.state.read.PageBounds;
import dev.holdfast.store.state.read.TransferScan;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads of transfers, each on this node's own replicas. */
final class TransferReads {
  private static final MergedPages<TransferScan.Row> TRANSFERS =
      new MergedPages<>(
          row -> new StockKey(row.key().store(), row.key().transferId()), TransferScan.Row::bytes);
  private static final Logger LOG = LoggerFactory.getLogger(TransferReads.class);

  private final Partitions partitions;

  TransferReads(Partitions partitions) {
    this.partitions = partitions;
  }

  void get(GetTransferRequest request, StreamObserver<GetTransferResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.reservationId("transfer_id", request.getTransferId());
    if (ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    TransferKey key = new TransferKey(request.getStore(), request.getTransferId());
    PartitionReplica replica = partitions.of(key.store());
    FreshReads.of(replica, request.getRead(), caller, staleness -> answer(replica, key, caller));
  }

  private static void answer(
      PartitionReplica replica, TransferKey key, StreamObserver<GetTransferResponse> caller) {
    long sequence = replica.state().logEnd().sequence();
    Transfer transfer = replica.state().transfer(key);
    if (transfer == null) {
      caller.onError(Statuses.exception(TransferRefusals.notFound(key.store(), key.transferId())));
      return;
    }
    caller.onNext(
        GetTransferResponse.newBuilder()
            .setTransfer(TransferAnswers.transfer(key, transfer))
            .setAsOf(Positions.of(replica.partition(), sequence))
            .build());
    caller.onCompleted();
  }

  void list(ListTransfersRequest request, StreamObserver<ListTransfersResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.optionalId("store", request.getStore());
    rules.optionalId("destination", request.getDestination());
    int size = rules.pageSize("page_size", request.getPageSize());
    StockKey behind = ReadRules.pageToken(rules, request.getPageToken());
    if (ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    List<PartitionReplica> touched =
        request.getStore().isEmpty()
            ? partitions.all()
            : List.of(partitions.of(request.getStore()));
    @Nullable TransferKey from =
        behind == null ? null : new TransferKey(behind.store(), behind.sku());
    Stores visible = Caller.current().visible();
    List<TransferScan> scans =
        touched.stream().map(replica -> new TransferScan(replica.state(), visible)).toList();
    FreshReads.ofAll(
        touched,
        request.getRead(),
        caller,
        staleness -> answer(page(scans, from, request, PageBounds.of(size)), caller));
  }

  private static Page<TransferScan.Row> page(
      List<TransferScan> scans,
      @Nullable TransferKey from,
      ListTransfersRequest request,
      PageBounds bounds) {
    @Nullable String store = request.getStore().isEmpty() ? null : request.getStore();
    PageBounds ofEach = bounds.sharedBy(scans.size());
    List<Page<TransferScan.Row>> parts =
        scans.stream()
            .map(scan -> scan.after(from, store, transfer -> isWanted(request, transfer), ofEach))
            .toList();
    return TRANSFERS.of(parts, bounds);
  }

  private static boolean isWanted(ListTransfersRequest request, Transfer transfer) {
    String destination = request.getDestination();
    return (destination.isEmpty() || destination.equals(transfer.destination()))
        && (request.getClosedToo() || transfer.isOpen());
  }

  private static void answer(
      Page<TransferScan.Row> page, StreamObserver<ListTransfersResponse> caller) {
    ListTransfersResponse.Builder response = ListTransfersResponse.newBuilder();
    page.rows()
        .forEach(row -> response.addTransfers(TransferAnswers.transfer(row.key(), row.transfer())));
    caller.onNext(response.setNextPageToken(PageToken.of(page.end())).build());
    caller.onCompleted();
  }

  /**
   * Tells a transfer as it is by now, some time after an event of it. A committed event is answered
   * even when the state cannot be read any more.
   */
  ReceiveTransferResponse received(TransferEvent.TransferHandedOver event, Position position) {
    Transfer now = null;
    try {
      now = partitions.get(position.getPartition()).state().transfer(event.transfer());
    } catch (StateFault e) {
      LOG.debug("a receipt is answered from its event", e);
    }
    return ReceiveTransferResponse.newBuilder()
        .setTransfer(TransferAnswers.transfer(event.transfer(), now == null ? event.after() : now))
        .setPosition(position)
        .build();
  }
}
