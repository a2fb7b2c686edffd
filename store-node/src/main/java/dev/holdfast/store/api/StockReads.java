package dev.holdfast.store.api;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
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
import dev.holdfast.proto.inventory.v1.ReadOptions;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.StockScan;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads of stock, each on this node's own replica. */
final class StockReads {
  /** Byte order of UTF-8, which is code point order and not that of Java's chars. */
  private static final Comparator<StockScan.Row> BY_ITEM =
      Comparator.comparing((StockScan.Row row) -> row.item().store(), Utf8Order.INSTANCE)
          .thenComparing(row -> row.item().sku(), Utf8Order.INSTANCE);

  private final Partitions partitions;

  StockReads(Partitions partitions) {
    this.partitions = partitions;
  }

  void get(GetStockRequest request, StreamObserver<GetStockResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.id("sku", request.getSku());
    if (refuse(rules, request.getRead(), caller)) {
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
    // Taken before the read, so that the answer includes at least this.
    long sequence = replica.store().logEnd().sequence();
    StockLevel level = replica.store().stock(item);
    if (level == null || level.isDeleted()) {
      caller.onError(Statuses.exception(Refusal.itemNotFound(item.store(), item.sku())));
      return;
    }
    caller.onNext(
        GetStockResponse.newBuilder()
            .setStock(Answers.level(item, level))
            .setAsOf(Answers.position(replica.partition(), sequence))
            .setStalenessMillis(staleness)
            .build());
    caller.onCompleted();
  }

  void batchGet(BatchGetStockRequest request, StreamObserver<BatchGetStockResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.batchSize("items", request.getItemsCount());
    for (int i = 0; i < request.getItemsCount() && rules.isValid(); i++) {
      rules.enter("items", i);
      rules.id("store", request.getItems(i).getStore());
      rules.id("sku", request.getItems(i).getSku());
      rules.leave();
    }
    if (refuse(rules, request.getRead(), caller)) {
      return;
    }
    List<PartitionReplica> touched =
        request.getItemsList().stream()
            .map(item -> partitions.of(item.getStore()))
            .distinct()
            .toList();
    FreshReads.ofAll(
        touched, request.getRead(), caller, staleness -> answer(request, touched, caller));
  }

  private void answer(
      BatchGetStockRequest request,
      List<PartitionReplica> touched,
      StreamObserver<BatchGetStockResponse> caller) {
    BatchGetStockResponse.Builder response = BatchGetStockResponse.newBuilder();
    for (PartitionReplica replica : touched) {
      long sequence = replica.store().logEnd().sequence();
      response.addAsOf(Answers.position(replica.partition(), sequence));
    }
    for (ItemKey key : request.getItemsList()) {
      StockKey item = new StockKey(key.getStore(), key.getSku());
      StockLevel level = partitions.of(item.store()).store().stock(item);
      if (level == null || level.isDeleted()) {
        response.addMissing(key);
      } else {
        response.addStock(Answers.level(item, level));
      }
    }
    caller.onNext(response.build());
    caller.onCompleted();
  }

  void list(ListStockRequest request, StreamObserver<ListStockResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.optionalId("store", request.getStore());
    int size = rules.pageSize("page_size", request.getPageSize());
    StockKey behind = null;
    if (!request.getPageToken().isEmpty()) {
      behind = PageToken.parse(request.getPageToken());
      if (behind == null) {
        rules.violate("page_token", "must be empty or a next_page_token of this call");
      }
    }
    if (refuse(rules, request.getRead(), caller)) {
      return;
    }
    @Nullable String store = request.getStore().isEmpty() ? null : request.getStore();
    @Nullable StockKey from = behind;
    List<PartitionReplica> touched =
        store == null ? partitions.all() : List.of(partitions.of(store));
    FreshReads.ofAll(
        touched,
        request.getRead(),
        caller,
        staleness -> answer(scan(touched, from, store, size + 1), size, caller));
  }

  private static List<StockScan.Row> scan(
      List<PartitionReplica> touched, @Nullable StockKey from, @Nullable String store, int limit) {
    Stream<StockScan.Row> rows =
        touched.stream()
            .flatMap(replica -> new StockScan(replica.store()).after(from, store, limit).stream());
    return rows.sorted(BY_ITEM).limit(limit).toList();
  }

  private static void answer(
      List<StockScan.Row> rows, int size, StreamObserver<ListStockResponse> caller) {
    List<StockScan.Row> page = new ArrayList<>(rows.subList(0, Math.min(size, rows.size())));
    ListStockResponse.Builder response = ListStockResponse.newBuilder();
    page.forEach(row -> response.addStock(Answers.level(row.item(), row.level())));
    if (rows.size() > size) {
      response.setNextPageToken(PageToken.of(page.get(size - 1).item()));
    }
    caller.onNext(response.build());
    caller.onCompleted();
  }

  /** Whether the call was ended because a field is malformed. */
  static boolean refuse(FieldRules rules, ReadOptions options, StreamObserver<?> caller) {
    if (options.hasMaxStalenessMillis()) {
      rules.maxStaleness("read.max_staleness_millis", options.getMaxStalenessMillis());
    }
    if (rules.isValid()) {
      return false;
    }
    caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
    return true;
  }
}
