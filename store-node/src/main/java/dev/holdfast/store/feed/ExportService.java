package dev.holdfast.store.feed;

import com.google.protobuf.ByteString;
import dev.holdfast.common.codec.StateDigestCodec;
import dev.holdfast.common.domain.DigestBuckets;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.feed.v1.CloseExportRequest;
import dev.holdfast.proto.feed.v1.CloseExportResponse;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
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
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.export.PinnedState;
import dev.holdfast.store.state.fault.StateFault;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Exports of this node's replicas, leading or not. All work is done on threads of its own. */
public final class ExportService extends ExportServiceGrpc.ExportServiceImplBase {
  private static final String GONE =
      "this export is gone: closed, idle for too long, or replaced; open another one";

  private final Partitions partitions;
  private final Exports exports;
  private final ExportPages pages;
  private final Executor threads;

  /**
   * @param threads may refuse when too many reads wait
   */
  public ExportService(Partitions partitions, Exports exports, Executor threads) {
    this.partitions = partitions;
    this.exports = exports;
    this.pages = new ExportPages(exports);
    this.threads = threads;
  }

  @Override
  public void openExport(OpenExportRequest request, StreamObserver<OpenExportResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.partition("partition", request.getPartition(), partitions.count());
    if (request.getMinSequence() < 0) {
      rules.violate("min_sequence", "must be a sequence, or 0");
    }
    if (isFine(rules, caller)) {
      run(caller, () -> open(request, caller));
    }
  }

  private void open(OpenExportRequest request, StreamObserver<OpenExportResponse> caller) {
    PartitionReplica replica = partitions.get(request.getPartition());
    Refusal refusal = refusal(replica, request.getMinSequence());
    Export export = refusal == null ? exports.open(replica::pin) : null;
    if (export != null) {
      FailPoint.EXPORT_PINNED.reach();
      answer(caller, opened(export));
    } else if (refusal != null) {
      caller.onError(Statuses.exception(refusal));
    } else {
      String full = Exports.OPEN_MAX + " exports are open on this node; ask another, or later";
      caller.onError(Statuses.exception(new Refusal(Reason.OVERLOADED, full)));
    }
  }

  private static @Nullable Refusal refusal(PartitionReplica replica, long minSequence) {
    String fault = replica.fault();
    if (fault != null) {
      return new Refusal(Reason.NO_LEADER, "this replica is stopped: " + fault);
    }
    long next = replica.state().logEnd().sequence() + 1;
    if (minSequence >= next) {
      return new Refusal(
          Reason.AHEAD_OF_LOG,
          "this replica's next sequence is " + next,
          Map.of(Refusal.NEXT_SEQUENCE, Long.toString(next)));
    }
    return null;
  }

  private OpenExportResponse opened(Export export) {
    AppliedState applied = export.records().applied();
    return OpenExportResponse.newBuilder()
        .setExportId(export.id())
        .setSequence(applied.sequence())
        .setBatchHash(ByteString.copyFrom(applied.batchHash()))
        .setTimeMillis(applied.timeMillis())
        .setDigest(StateDigestCodec.toProto(applied.digests().current()))
        .setIdleMillisMax((int) Exports.IDLE_MAX.toMillis())
        .setNodeId(partitions.self())
        .addAllFrozenStores(export.records().frozenStores())
        .build();
  }

  @Override
  public void readExport(ReadExportRequest request, StreamObserver<ReadExportResponse> caller) {
    FieldRules rules = new FieldRules();
    checkPlace(request, rules);
    if (request.getMaxRecords() < 0 || request.getMaxRecords() > ExportPage.RECORDS_MAX) {
      rules.violate("max_records", "must be 0 to " + ExportPage.RECORDS_MAX);
    }
    BitSet buckets = new BitSet(DigestBuckets.COUNT);
    for (int bucket : request.getBucketsList()) {
      if (bucket < 0 || bucket >= DigestBuckets.COUNT) {
        rules.violate("buckets", "must be 0 to " + (DigestBuckets.COUNT - 1));
      } else {
        buckets.set(bucket);
      }
    }
    if (isFine(rules, caller)) {
      run(caller, () -> page(request, buckets, caller));
    }
  }

  /** The page that follows is read while this one is on its way. */
  private void page(
      ReadExportRequest request, BitSet buckets, StreamObserver<ReadExportResponse> caller) {
    var call = (ServerCallStreamObserver<ReadExportResponse>) caller;
    ReadExportResponse page = pages.read(request, buckets, call::isCancelled);
    FailPoint.EXPORT_PAGE.reach();
    reply(caller, page);
    if (page != null && !page.getLast() && buckets.isEmpty()) {
      pages.readAhead(request, page);
    }
  }

  private static void checkPlace(ReadExportRequest request, FieldRules rules) {
    rules.optionalId("after_store", request.getAfterStore());
    rules.optionalId("after_sku", request.getAfterSku());
    if (request.getAfterStore().isEmpty() != request.getAfterSku().isEmpty()) {
      rules.violate("after_sku", "must be given together with after_store, or neither");
    }
  }

  @Override
  public void getExportDigests(
      GetExportDigestsRequest request, StreamObserver<GetExportDigestsResponse> caller) {
    read(request.getExportId(), caller, ExportService::digests);
  }

  private static GetExportDigestsResponse digests(PinnedState records) {
    DigestBuckets buckets = new DigestBuckets();
    records.forEach(
        null,
        (key, level) -> {
          buckets.add(key, level);
          return true;
        });
    GetExportDigestsResponse.Builder response = GetExportDigestsResponse.newBuilder();
    buckets.digests().forEach(each -> response.addBuckets(StateDigestCodec.toProto(each)));
    return response.build();
  }

  @Override
  public void getExportReservations(
      GetExportReservationsRequest request, StreamObserver<GetExportReservationsResponse> caller) {
    read(request.getExportId(), caller, ExportedBooks::reservations);
  }

  @Override
  public void getExportTransfers(
      GetExportTransfersRequest request, StreamObserver<GetExportTransfersResponse> caller) {
    read(request.getExportId(), caller, ExportedBooks::transfers);
  }

  @Override
  public void closeExport(CloseExportRequest request, StreamObserver<CloseExportResponse> caller) {
    run(
        caller,
        () -> {
          exports.close(request.getExportId());
          answer(caller, CloseExportResponse.getDefaultInstance());
        });
  }

  private <T> void read(String id, StreamObserver<T> caller, Function<PinnedState, T> reading) {
    run(caller, () -> reply(caller, exports.read(id, reading)));
  }

  private static <T> void reply(StreamObserver<T> caller, @Nullable T response) {
    if (response == null) {
      caller.onError(Statuses.exception(new Refusal(Reason.NOT_FOUND, GONE)));
    } else {
      answer(caller, response);
    }
  }

  private void run(StreamObserver<?> caller, Runnable work) {
    try {
      threads.execute(() -> guarded(caller, work));
    } catch (RejectedExecutionException full) {
      caller.onError(
          Statuses.exception(new Refusal(Reason.OVERLOADED, "too many reads of exports wait")));
    }
  }

  private static void guarded(StreamObserver<?> caller, Runnable work) {
    try {
      work.run();
    } catch (StateFault e) {
      String why = "this replica cannot read its state: " + e.getMessage();
      caller.onError(Statuses.exception(new Refusal(Reason.NO_LEADER, why)));
    }
  }

  private static <T> void answer(StreamObserver<T> caller, T response) {
    caller.onNext(response);
    caller.onCompleted();
  }

  private static boolean isFine(FieldRules rules, StreamObserver<?> caller) {
    if (!rules.isValid()) {
      caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
    }
    return rules.isValid();
  }
}
