package dev.holdfast.cli.sync;

import dev.holdfast.proto.aggregator.v1.Difference;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import dev.holdfast.proto.aggregator.v1.ListViolationsRequest;
import dev.holdfast.proto.aggregator.v1.ListViolationsResponse;
import dev.holdfast.proto.aggregator.v1.PartitionProof;
import dev.holdfast.proto.aggregator.v1.PartitionSync;
import dev.holdfast.proto.aggregator.v1.RebuildRequest;
import dev.holdfast.proto.aggregator.v1.RebuildResponse;
import dev.holdfast.proto.aggregator.v1.RecordedStock;
import dev.holdfast.proto.aggregator.v1.ReservationsProof;
import dev.holdfast.proto.aggregator.v1.StartSyncRequest;
import dev.holdfast.proto.aggregator.v1.StartSyncResponse;
import dev.holdfast.proto.aggregator.v1.StopSyncRequest;
import dev.holdfast.proto.aggregator.v1.StopSyncResponse;
import dev.holdfast.proto.aggregator.v1.SyncNowRequest;
import dev.holdfast.proto.aggregator.v1.SyncNowResponse;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc.SyncServiceImplBase;
import dev.holdfast.proto.aggregator.v1.TotalsProof;
import dev.holdfast.proto.aggregator.v1.TransfersProof;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.aggregator.v1.VerifyResponse;
import dev.holdfast.proto.aggregator.v1.Violation;
import dev.holdfast.proto.log.v1.StateDigest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An aggregator of two partitions with one item each, which compares what it has with what the
 * stores have. Its view can be spoilt.
 */
public final class FakeSync extends SyncServiceImplBase {
  private ReservationsProof reservations =
      ReservationsProof.newBuilder().setOpen(2).setHeld(7).setReserved(7).setEqual(true).build();
  private TransfersProof inTransit = TransfersProof.newBuilder().setEqual(true).build();
  private static final long SEQUENCE = 17;
  private static final int PARTITIONS = 2;

  /** On hand by partition. */
  private final long[] stores = {40, 41};

  private final long[] view = stores.clone();
  private final List<Violation> violations = new ArrayList<>();
  private boolean running = true;

  /** Makes the view say something else than the stores. */
  public synchronized void spoil(int partition, long onHand) {
    view[partition] = onHand;
    violations.add(
        Violation.newBuilder()
            .setId(violations.size() + 1L)
            .setPartition(partition)
            .setSequence(SEQUENCE)
            .setFoundMillis(1_700_000_000_000L)
            .setExpected(digest(stores, partition))
            .setFound(digest(view, partition))
            .addDifferences(difference(partition))
            .build());
  }

  @Override
  public synchronized void getSyncStatus(
      GetSyncStatusRequest request, StreamObserver<GetSyncStatusResponse> out) {
    GetSyncStatusResponse.Builder status =
        GetSyncStatusResponse.newBuilder()
            .setRunning(running)
            .setOpenViolations(differing().size());
    for (int partition = 0; partition < PARTITIONS; partition++) {
      status.addPartitions(
          PartitionSync.newBuilder()
              .setPartition(partition)
              .setNodeId("node-a")
              .setConnected(running)
              .setCursor(SEQUENCE)
              .setHead(SEQUENCE)
              .setAgeMillis(running ? 5 : -1)
              .setProvenSequence(SEQUENCE)
              .setUntrusted(differing().contains(partition) ? "differs" : "")
              .setDigest(digest(view, partition)));
    }
    answer(out, status.build());
  }

  private List<Integer> differing() {
    return partitions().filter(partition -> !isEqual(partition)).boxed().toList();
  }

  private static IntStream partitions() {
    return IntStream.range(0, PARTITIONS);
  }

  private boolean isEqual(int partition) {
    return stores[partition] == view[partition];
  }

  @Override
  public synchronized void startSync(
      StartSyncRequest request, StreamObserver<StartSyncResponse> out) {
    running = true;
    answer(out, StartSyncResponse.getDefaultInstance());
  }

  @Override
  public synchronized void stopSync(StopSyncRequest request, StreamObserver<StopSyncResponse> out) {
    running = false;
    answer(out, StopSyncResponse.getDefaultInstance());
  }

  @Override
  public synchronized void syncNow(SyncNowRequest request, StreamObserver<SyncNowResponse> out) {
    if (running) {
      answer(out, SyncNowResponse.newBuilder().addSequences(SEQUENCE).addSequences(3).build());
    } else {
      out.onError(
          Status.FAILED_PRECONDITION.withDescription("sync is stopped").asRuntimeException());
    }
  }

  @Override
  public synchronized void rebuild(RebuildRequest request, StreamObserver<RebuildResponse> out) {
    int partition = request.getPartition();
    view[partition] = stores[partition];
    answer(out, RebuildResponse.newBuilder().setProof(proof(partition)).build());
  }

  @Override
  public synchronized void listViolations(
      ListViolationsRequest request, StreamObserver<ListViolationsResponse> out) {
    List<Violation> found =
        violations.stream()
            .filter(one -> request.getBeforeId() == 0 || one.getId() < request.getBeforeId())
            .sorted(Comparator.comparingLong(Violation::getId).reversed())
            .limit(request.getPageSize())
            .toList();
    answer(out, ListViolationsResponse.newBuilder().addAllViolations(found).build());
  }

  /** What reservations show from now on. */
  public synchronized void loseReservation(String difference) {
    reservations =
        ReservationsProof.newBuilder()
            .setOpen(1)
            .setHeld(4)
            .setReserved(7)
            .addDifferences(difference)
            .build();
  }

  /** What the books of transfers show from now on. */
  public synchronized void unbalance(String difference) {
    inTransit =
        TransfersProof.newBuilder()
            .setInTransit(3)
            .setNetShipped(4)
            .addDifferences(difference)
            .build();
  }

  @Override
  public synchronized void verify(VerifyRequest request, StreamObserver<VerifyResponse> out) {
    List<Integer> asked =
        request.getPartitionsCount() == 0
            ? partitions().boxed().toList()
            : request.getPartitionsList();
    for (int partition : asked) {
      PartitionProof.Builder proof = proof(partition).toBuilder().setReservations(reservations);
      if (request.getRepair() && !proof.getEqual()) {
        view[partition] = stores[partition];
        proof.setRepaired(true);
      }
      out.onNext(VerifyResponse.newBuilder().setPartition(proof).build());
    }
    if (request.getPartitionsCount() == 0) {
      out.onNext(VerifyResponse.newBuilder().setTransfers(inTransit).build());
    }
    long units = LongStream.of(view).sum();
    TotalsProof.Builder totals =
        TotalsProof.newBuilder().setSkus(PARTITIONS).setOnHand(units).setEqual(true);
    out.onNext(VerifyResponse.newBuilder().setTotals(totals).build());
    out.onCompleted();
  }

  private PartitionProof proof(int partition) {
    PartitionProof.Builder proof =
        PartitionProof.newBuilder()
            .setPartition(partition)
            .setSequence(SEQUENCE)
            .setNodeId("node-a")
            .setView(digest(view, partition))
            .setStores(digest(stores, partition))
            .setEqual(isEqual(partition));
    if (!proof.getEqual()) {
      proof.addDifferences(difference(partition)).setItemsDiffering(1);
    }
    return proof.build();
  }

  private Difference difference(int partition) {
    return Difference.newBuilder()
        .setStore("Oslo")
        .setSku("TEA-" + partition)
        .setView(RecordedStock.newBuilder().setOnHand(view[partition]).setVersion(2))
        .setStores(RecordedStock.newBuilder().setOnHand(stores[partition]).setVersion(2))
        .build();
  }

  private static StateDigest digest(long[] records, int partition) {
    long onHand = records[partition];
    return StateDigest.newBuilder().setRecords(1).setOnHand(onHand).setLow(onHand).build();
  }

  private static <T> void answer(StreamObserver<T> out, T message) {
    out.onNext(message);
    out.onCompleted();
  }
}
