package dev.holdfast.store.api;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.common.status.TransferRefusals;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersResponse;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.StoredTransfers;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads of transfers, each on this node's own replicas. */
final class TransferReads {
  private static final Comparator<StoredTransfers.Row> BY_KEY =
      Comparator.comparing((StoredTransfers.Row row) -> row.key().store(), Utf8Order.INSTANCE)
          .thenComparing(row -> row.key().transferId(), Utf8Order.INSTANCE);

  private final Partitions partitions;

  TransferReads(Partitions partitions) {
    this.partitions = partitions;
  }

  void get(GetTransferRequest request, StreamObserver<GetTransferResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.reservationId("transfer_id", request.getTransferId());
    if (StockReads.refuse(rules, request.getRead(), caller)) {
      return;
    }
    TransferKey key = new TransferKey(request.getStore(), request.getTransferId());
    PartitionReplica replica = partitions.of(key.store());
    FreshReads.of(replica, request.getRead(), caller, staleness -> answer(replica, key, caller));
  }

  private static void answer(
      PartitionReplica replica, TransferKey key, StreamObserver<GetTransferResponse> caller) {
    long sequence = replica.store().logEnd().sequence();
    Transfer transfer = replica.store().transfers().transfer(key);
    if (transfer == null) {
      caller.onError(Statuses.exception(TransferRefusals.notFound(key.store(), key.transferId())));
      return;
    }
    caller.onNext(
        GetTransferResponse.newBuilder()
            .setTransfer(TransferAnswers.transfer(key, transfer))
            .setAsOf(Answers.position(replica.partition(), sequence))
            .build());
    caller.onCompleted();
  }

  void list(ListTransfersRequest request, StreamObserver<ListTransfersResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.optionalId("store", request.getStore());
    rules.optionalId("destination", request.getDestination());
    int size = rules.pageSize("page_size", request.getPageSize());
    StockKey behind = request.getPageToken().isEmpty() ? null : behind(request, rules);
    if (StockReads.refuse(rules, request.getRead(), caller)) {
      return;
    }
    List<PartitionReplica> touched =
        request.getStore().isEmpty()
            ? partitions.all()
            : List.of(partitions.of(request.getStore()));
    @Nullable TransferKey from =
        behind == null ? null : new TransferKey(behind.store(), behind.sku());
    FreshReads.ofAll(
        touched,
        request.getRead(),
        caller,
        staleness -> answer(rows(touched, from, request, size + 1), size, caller));
  }

  private static @Nullable StockKey behind(ListTransfersRequest request, FieldRules rules) {
    StockKey behind = PageToken.parse(request.getPageToken());
    if (behind == null) {
      rules.violate("page_token", "must be empty or a next_page_token of this call");
    }
    return behind;
  }

  private static List<StoredTransfers.Row> rows(
      List<PartitionReplica> touched,
      @Nullable TransferKey from,
      ListTransfersRequest request,
      int limit) {
    @Nullable String store = request.getStore().isEmpty() ? null : request.getStore();
    return touched.stream()
        .flatMap(
            replica ->
                replica
                    .store()
                    .transfers()
                    .after(from, store, (key, transfer) -> isWanted(request, transfer), limit)
                    .stream())
        .sorted(BY_KEY)
        .limit(limit)
        .toList();
  }

  private static boolean isWanted(ListTransfersRequest request, Transfer transfer) {
    String destination = request.getDestination();
    return (destination.isEmpty() || destination.equals(transfer.destination()))
        && (request.getClosedToo() || transfer.isOpen());
  }

  private static void answer(
      List<StoredTransfers.Row> rows, int size, StreamObserver<ListTransfersResponse> caller) {
    ListTransfersResponse.Builder response = ListTransfersResponse.newBuilder();
    for (StoredTransfers.Row row : rows.subList(0, Math.min(size, rows.size()))) {
      response.addTransfers(TransferAnswers.transfer(row.key(), row.transfer()));
    }
    if (rows.size() > size) {
      TransferKey last = rows.get(size - 1).key();
      response.setNextPageToken(PageToken.of(new StockKey(last.store(), last.transferId())));
    }
    caller.onNext(response.build());
    caller.onCompleted();
  }
}
