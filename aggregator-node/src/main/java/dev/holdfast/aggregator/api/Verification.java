package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.invariant.TotalsProof;
import dev.holdfast.aggregator.invariant.TransfersProof;
import dev.holdfast.aggregator.invariant.VerifiedPart;
import dev.holdfast.aggregator.proof.Prover;
import dev.holdfast.proto.aggregator.v1.VerifyResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** One verify: proofs of partitions one after the other, each told when it is done. */
final class Verification {
  private final StreamObserver<VerifyResponse> observer;
  private final Prover prover;
  private final boolean repair;

  Verification(StreamObserver<VerifyResponse> observer, Prover prover, boolean repair) {
    this.observer = observer;
    this.prover = prover;
    this.repair = repair;
  }

  /**
   * Tells the proofs; the last one, of the totals, is left to be answered.
   *
   * @param transfers whether those are proven too
   */
  CompletableFuture<VerifyResponse> run(List<Integer> partitions, boolean transfers) {
    CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
    for (int partition : partitions) {
      told = told.thenCompose(before -> proof(partition)).thenAccept(this::tell);
    }
    if (transfers) {
      told = told.thenCompose(before -> prover.transfers()).thenAccept(this::tell);
    }
    return told.thenCompose(all -> prover.totals(repair)).thenApply(Verification::totals);
  }

  private CompletableFuture<VerifiedPart> proof(int partition) {
    boolean givenUp =
        observer instanceof ServerCallStreamObserver<VerifyResponse> call && call.isCancelled();
    return givenUp
        ? CompletableFuture.failedFuture(new CancellationException())
        : prover.verify(partition, repair);
  }

  private void tell(VerifiedPart proof) {
    observer.onNext(VerifyResponse.newBuilder().setPartition(SyncAnswers.proof(proof)).build());
  }

  private void tell(TransfersProof proof) {
    observer.onNext(VerifyResponse.newBuilder().setTransfers(SyncAnswers.proof(proof)).build());
  }

  private static VerifyResponse totals(TotalsProof proof) {
    return VerifyResponse.newBuilder().setTotals(SyncAnswers.proof(proof)).build();
  }
}
