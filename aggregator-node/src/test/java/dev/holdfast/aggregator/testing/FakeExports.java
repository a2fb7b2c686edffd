package dev.holdfast.aggregator.testing;

import com.google.protobuf.ByteString;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.codec.StateDigestCodec;
import dev.holdfast.common.domain.DigestBuckets;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.feed.v1.CloseExportRequest;
import dev.holdfast.proto.feed.v1.CloseExportResponse;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.ExportedStock;
import dev.holdfast.proto.feed.v1.GetExportDigestsRequest;
import dev.holdfast.proto.feed.v1.GetExportDigestsResponse;
import dev.holdfast.proto.feed.v1.GetExportReservationsRequest;
import dev.holdfast.proto.feed.v1.GetExportReservationsResponse;
import dev.holdfast.proto.feed.v1.GetExportTransfersRequest;
import dev.holdfast.proto.feed.v1.GetExportTransfersResponse;
import dev.holdfast.proto.feed.v1.OpenExportRequest;
import dev.holdfast.proto.feed.v1.OpenExportResponse;
import dev.holdfast.proto.feed.v1.ReadExportRequest;
import dev.holdfast.proto.feed.v1.ReadExportResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Exports as the contract says, of records folded anew from the logs, with faults on demand. */
public final class FakeExports extends ExportServiceGrpc.ExportServiceImplBase {
  private final List<PartitionLog> logs;
  private final Map<String, Pinned> open = new HashMap<>();
  private final AtomicInteger pages = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private volatile long lostUnits;
  private volatile int pageMax = Integer.MAX_VALUE;
  private volatile IntFunction<Optional<Status>> faults = page -> Optional.empty();

  FakeExports(List<PartitionLog> logs) {
    this.logs = logs;
  }

  /** Records by store and SKU in byte order; the names here are plain. */
  private record Pinned(NavigableMap<String, Map.Entry<StockKey, StockLevel>> records) {
    static Pinned of(Map<StockKey, StockLevel> levels) {
      NavigableMap<String, Map.Entry<StockKey, StockLevel>> records = new TreeMap<>();
      levels.entrySet().forEach(entry -> records.put(key(entry.getKey()), entry));
      return new Pinned(records);
    }
  }

  private static String key(StockKey item) {
    return item.store() + '\0' + item.sku();
  }

  /** Sends small pages. */
  public void pagesOf(int recordsMax) {
    pageMax = recordsMax;
  }

  /** Answers the n-th page that is asked for, counted from 1, with an error. */
  public void failPages(IntFunction<Optional<Status>> errors) {
    faults = errors;
  }

  /** All exports are gone, as after a snapshot was installed. */
  public synchronized void vanish() {
    open.clear();
  }

  /** Reservations hold so many units less than are reserved. */
  public void loseReserved(long units) {
    lostUnits = units;
  }

  /** Pages that were asked for. */
  public int pages() {
    return pages.get();
  }

  /** Exports that were ever opened. */
  public int opened() {
    return opened.get();
  }

  /** Exports that nobody closed. */
  public synchronized int open() {
    return open.size();
  }

  @Override
  public synchronized void openExport(
      OpenExportRequest request, StreamObserver<OpenExportResponse> observer) {
    PartitionLog log = logs.get(request.getPartition());
    if (log.head() < request.getMinSequence()) {
      observer.onError(refused(Reason.AHEAD_OF_LOG, "next is " + (log.head() + 1)));
      return;
    }
    ReferenceView view = new ReferenceView().include(log.eventsThrough(log.head()));
    String id = "export-" + opened.incrementAndGet();
    open.put(id, Pinned.of(view.levels()));
    int last = log.size() - 1;
    observer.onNext(
        OpenExportResponse.newBuilder()
            .setExportId(id)
            .setSequence(log.head())
            .setBatchHash(ByteString.copyFrom(log.hash(last).asBytes()))
            .setTimeMillis(log.batch(last).timeMillis())
            .setDigest(StateDigestCodec.toProto(view.digest()))
            .setIdleMillisMax(60_000)
            .setNodeId("fake")
            .addAllFrozenStores(view.frozenStores())
            .build());
    observer.onCompleted();
  }

  @Override
  public void readExport(ReadExportRequest request, StreamObserver<ReadExportResponse> observer) {
    Optional<Status> fault = faults.apply(pages.incrementAndGet());
    if (fault.isPresent()) {
      observer.onError(fault.get().asRuntimeException());
      return;
    }
    Pinned pinned = pinned(request.getExportId());
    if (pinned == null) {
      observer.onError(refused(Reason.NOT_FOUND, "the export is gone"));
      return;
    }
    observer.onNext(page(pinned, request));
    observer.onCompleted();
  }

  private synchronized @Nullable Pinned pinned(String id) {
    return open.get(id);
  }

  private ReadExportResponse page(Pinned pinned, ReadExportRequest request) {
    var behind =
        request.getAfterStore().isEmpty()
            ? pinned.records()
            : pinned
                .records()
                .tailMap(key(new StockKey(request.getAfterStore(), request.getAfterSku())), false);
    List<Map.Entry<StockKey, StockLevel>> wanted = new ArrayList<>();
    for (var record : behind.values()) {
      if (request.getBucketsCount() == 0
          || request.getBucketsList().contains(DigestBuckets.bucketOf(record.getKey()))) {
        wanted.add(record);
      }
    }
    int size = Math.min(wanted.size(), Math.min(pageMax, request.getMaxRecords()));
    var response = ReadExportResponse.newBuilder().setLast(size == wanted.size());
    wanted.subList(0, size).forEach(record -> response.addRecords(exported(record)));
    return response.build();
  }

  private static ExportedStock exported(Map.Entry<StockKey, StockLevel> record) {
    return ExportedStock.newBuilder()
        .setStore(record.getKey().store())
        .setSku(record.getKey().sku())
        .setLevel(LevelCodec.toProto(record.getValue()))
        .build();
  }

  @Override
  public void getExportDigests(
      GetExportDigestsRequest request, StreamObserver<GetExportDigestsResponse> observer) {
    Pinned pinned = pinned(request.getExportId());
    if (pinned == null) {
      observer.onError(refused(Reason.NOT_FOUND, "the export is gone"));
      return;
    }
    StateDigest[] buckets = new StateDigest[DigestBuckets.COUNT];
    Arrays.fill(buckets, StateDigest.EMPTY);
    for (var record : pinned.records().values()) {
      int bucket = DigestBuckets.bucketOf(record.getKey());
      buckets[bucket] = buckets[bucket].with(record.getKey(), record.getValue());
    }
    var response = GetExportDigestsResponse.newBuilder();
    Arrays.stream(buckets).map(StateDigestCodec::toProto).forEach(response::addBuckets);
    observer.onNext(response.build());
    observer.onCompleted();
  }

  /** One reservation holds what is reserved, but for what was lost. */
  @Override
  public void getExportReservations(
      GetExportReservationsRequest request,
      StreamObserver<GetExportReservationsResponse> observer) {
    Pinned pinned = pinned(request.getExportId());
    if (pinned == null) {
      observer.onError(refused(Reason.NOT_FOUND, "the export is gone"));
      return;
    }
    long reserved =
        pinned.records().values().stream().mapToLong(record -> record.getValue().reserved()).sum();
    observer.onNext(
        GetExportReservationsResponse.newBuilder()
            .setOpen(1)
            .setHeld(reserved - lostUnits)
            .setHeldEqual(lostUnits == 0)
            .setIndexEqual(true)
            .build());
    observer.onCompleted();
  }

  /** There are no transfers here. */
  @Override
  public synchronized void getExportTransfers(
      GetExportTransfersRequest request, StreamObserver<GetExportTransfersResponse> observer) {
    observer.onNext(GetExportTransfersResponse.getDefaultInstance());
    observer.onCompleted();
  }

  @Override
  public synchronized void closeExport(
      CloseExportRequest request, StreamObserver<CloseExportResponse> observer) {
    open.remove(request.getExportId());
    observer.onNext(CloseExportResponse.getDefaultInstance());
    observer.onCompleted();
  }

  private static StatusRuntimeException refused(Reason reason, String message) {
    return Statuses.exception(Statuses.of(reason, message));
  }
}
