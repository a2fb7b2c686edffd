package dev.holdfast.store.api.terms;

import dev.holdfast.common.access.Caller;
import dev.holdfast.common.access.Stores;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.GetStoreRequest;
import dev.holdfast.proto.inventory.v1.GetStoreResponse;
import dev.holdfast.proto.inventory.v1.ListStoresRequest;
import dev.holdfast.proto.inventory.v1.ListStoresResponse;
import dev.holdfast.proto.inventory.v1.Store;
import dev.holdfast.store.api.read.FreshReads;
import dev.holdfast.store.api.read.MergedPages;
import dev.holdfast.store.api.read.PageToken;
import dev.holdfast.store.api.read.ReadRules;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.read.Page;
import dev.holdfast.store.state.read.PageBounds;
import dev.holdfast.store.state.read.StoreScan;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of whole stores, each on this node's own replica. */
final class StoreReads {
  /** Stores are small: so many as a page may have rows fit into any answer. */
  private static final MergedPages<StoreScan.Row> STORES =
      new MergedPages<>(StoreScan.Row::key, row -> 0);

  private final Partitions partitions;

  StoreReads(Partitions partitions) {
    this.partitions = partitions;
  }

  void get(GetStoreRequest request, StreamObserver<GetStoreResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    if (ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    PartitionReplica replica = partitions.of(request.getStore());
    FreshReads.of(
        replica,
        request.getRead(),
        caller,
        staleness -> answer(replica, request.getStore(), staleness, caller));
  }

  private void answer(
      PartitionReplica replica,
      String store,
      long staleness,
      StreamObserver<GetStoreResponse> caller) {
    Optional<StoreScan.Row> row = new StoreScan(replica.state()).find(store);
    if (row.isEmpty()) {
      caller.onError(Statuses.exception(Refusal.storeNotFound(store)));
      return;
    }
    caller.onNext(
        GetStoreResponse.newBuilder()
            .setStore(told(row.get()))
            .setStalenessMillis(staleness)
            .build());
    caller.onCompleted();
  }

  void list(ListStoresRequest request, StreamObserver<ListStoresResponse> caller) {
    FieldRules rules = new FieldRules();
    int size = rules.pageSize("page_size", request.getPageSize());
    StockKey behind = ReadRules.pageToken(rules, request.getPageToken());
    if (ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    @Nullable String from = behind == null ? null : behind.store();
    Stores visible = Caller.current().visible();
    FreshReads.ofAll(
        partitions.all(),
        request.getRead(),
        caller,
        staleness -> answer(page(from, visible, PageBounds.of(size)), caller));
  }

  private Page<StoreScan.Row> page(@Nullable String from, Stores visible, PageBounds bounds) {
    List<PartitionReplica> all = partitions.all();
    PageBounds ofEach = bounds.sharedBy(all.size());
    return STORES.of(
        all.stream()
            .map(replica -> new StoreScan(replica.state(), visible).page(from, ofEach))
            .toList(),
        bounds);
  }

  private void answer(Page<StoreScan.Row> page, StreamObserver<ListStoresResponse> caller) {
    ListStoresResponse.Builder response = ListStoresResponse.newBuilder();
    page.rows().forEach(row -> response.addStores(told(row)));
    caller.onNext(response.setNextPageToken(PageToken.of(page.end())).build());
    caller.onCompleted();
  }

  private Store told(StoreScan.Row row) {
    return Store.newBuilder()
        .setStore(row.store())
        .setFrozen(row.frozen())
        .setPartition(partitions.of(row.store()).partition())
        .build();
  }
}
