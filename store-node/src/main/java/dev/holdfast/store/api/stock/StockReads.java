package dev.holdfast.store.api.stock;

import dev.holdfast.common.access.Caller;
import dev.holdfast.common.access.Stores;
import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.store.api.call.Positions;
import dev.holdfast.store.api.read.FreshReads;
import dev.holdfast.store.api.read.MergedPages;
import dev.holdfast.store.api.read.PageToken;
import dev.holdfast.store.api.read.ReadRules;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.read.Page;
import dev.holdfast.store.state.read.PageBounds;
import dev.holdfast.store.state.read.StockScan;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads of stock, each on this node's own replica. */
public final class StockReads {
  /** Levels are small: so many as a page may have rows fit into any answer. */
  private static final MergedPages<StockScan.Row> ITEMS =
      new MergedPages<>(StockScan.Row::item, row -> 0);

  private final Partitions partitions;

  public StockReads(Partitions partitions) {
    this.partitions = partitions;
  }

  public void get(GetStockRequest request, StreamObserver<GetStockResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.id("sku", request.getSku());
    if (ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    StockKey item = new StockKey(request.getStore(), request.getSku());
    PartitionReplica replica = partitions.of(item.store());
    FreshReads.of(
        replica, request.getRead(), caller, staleness -> answer(replica, item, staleness, caller));
  }

  private static void answer(
      PartitionReplica replica,
      StockKey item,
      long staleness,
      StreamObserver<GetStockResponse> caller) {
    StockScan.Together read = new StockScan(replica.state()).at(List.of(item));
    StockScan.Row row = read.rows().get(item);
    if (row == null) {
      caller.onError(Statuses.exception(Refusal.itemNotFound(item.store(), item.sku())));
      return;
    }
    caller.onNext(
        GetStockResponse.newBuilder()
            .setStock(told(row))
            .setAsOf(Positions.of(replica.partition(), read.sequence()))
            .setStalenessMillis(staleness)
            .build());
    caller.onCompleted();
  }

  private static StockLevel told(StockScan.Row row) {
    return LevelAnswer.read(row.item(), row.level(), row.storeFrozen());
  }

  public void batchGet(BatchGetStockRequest request, StreamObserver<BatchGetStockResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.batchSize("items", request.getItemsCount());
    for (int i = 0; i < request.getItemsCount() && rules.isValid(); i++) {
      rules.enter("items", i);
      rules.id("store", request.getItems(i).getStore());
      rules.id("sku", request.getItems(i).getSku());
      rules.leave();
    }
    if (ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    Caller reader = Caller.current();
    Map<PartitionReplica, List<StockKey>> byReplica = new LinkedHashMap<>();
    List<ItemKey> denied = new ArrayList<>();
    for (ItemKey item : request.getItemsList()) {
      if (!reader.sees(item.getStore())) {
        denied.add(item);
        continue;
      }
      PartitionReplica replica = partitions.of(item.getStore());
      byReplica.computeIfAbsent(replica, first -> new ArrayList<>()).add(key(item));
    }
    FreshReads.ofAll(
        List.copyOf(byReplica.keySet()),
        request.getRead(),
        caller,
        staleness -> answer(request, denied, byReplica, caller));
  }

  private static StockKey key(ItemKey item) {
    return new StockKey(item.getStore(), item.getSku());
  }

  private static void answer(
      BatchGetStockRequest request,
      List<ItemKey> denied,
      Map<PartitionReplica, List<StockKey>> byReplica,
      StreamObserver<BatchGetStockResponse> caller) {
    BatchGetStockResponse.Builder response =
        BatchGetStockResponse.newBuilder().addAllDenied(denied);
    Set<ItemKey> untold = new HashSet<>(denied);
    Map<StockKey, StockScan.Row> rows = new HashMap<>();
    byReplica.forEach(
        (replica, items) -> {
          StockScan.Together read = new StockScan(replica.state()).at(items);
          rows.putAll(read.rows());
          response.addAsOf(Positions.of(replica.partition(), read.sequence()));
        });
    for (ItemKey item : request.getItemsList()) {
      StockScan.Row row = rows.get(key(item));
      if (row != null) {
        response.addStock(told(row));
      } else if (!untold.contains(item)) {
        response.addMissing(item);
      }
    }
    caller.onNext(response.build());
    caller.onCompleted();
  }

  public void list(ListStockRequest request, StreamObserver<ListStockResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.optionalId("store", request.getStore());
    int size = rules.pageSize("page_size", request.getPageSize());
    @Nullable StockKey from = ReadRules.pageToken(rules, request.getPageToken());
    if (ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    @Nullable String store = request.getStore().isEmpty() ? null : request.getStore();
    Stores visible = Caller.current().visible();
    List<PartitionReplica> touched =
        store == null ? partitions.all() : List.of(partitions.of(store));
    FreshReads.ofAll(
        touched,
        request.getRead(),
        caller,
        staleness ->
            answer(page(scans(touched, visible), from, store, PageBounds.of(size)), caller));
  }

  private static List<StockScan> scans(List<PartitionReplica> touched, Stores visible) {
    return touched.stream().map(replica -> new StockScan(replica.state(), visible)).toList();
  }

  private static Page<StockScan.Row> page(
      List<StockScan> scans, @Nullable StockKey from, @Nullable String store, PageBounds bounds) {
    PageBounds ofEach = bounds.sharedBy(scans.size());
    return ITEMS.of(scans.stream().map(scan -> scan.page(from, store, ofEach)).toList(), bounds);
  }

  private static void answer(Page<StockScan.Row> page, StreamObserver<ListStockResponse> caller) {
    ListStockResponse.Builder response = ListStockResponse.newBuilder();
    page.rows().forEach(row -> response.addStock(told(row)));
    caller.onNext(response.setNextPageToken(PageToken.of(page.end())).build());
    caller.onCompleted();
  }
}
