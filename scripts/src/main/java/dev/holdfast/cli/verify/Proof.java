package dev.holdfast.cli.verify;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.FailedException;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.aggregator.v1.PartitionProof;
import dev.holdfast.proto.aggregator.v1.TotalsProof;
import dev.holdfast.proto.aggregator.v1.TransfersProof;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.aggregator.v1.VerifyResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * An aggregator's proof of its view.
 *
 * @param transfers one, or none when only some partitions were asked for
 */
record Proof(List<PartitionProof> partitions, List<TransfersProof> transfers, TotalsProof totals) {

  /** Asks for a proof and waits for it. Fails if a part of the proof is missing. */
  static Proof ask(GlobalViewClient client, VerifyRequest request) {
    Queue<VerifyResponse> answers = new ConcurrentLinkedQueue<>();
    Await.answer(client.sync().verify(request, answers::add));
    List<PartitionProof> partitions =
        answers.stream()
            .filter(VerifyResponse::hasPartition)
            .map(VerifyResponse::getPartition)
            .sorted(Comparator.comparingInt(PartitionProof::getPartition))
            .toList();
    TotalsProof totals =
        answers.stream()
            .filter(VerifyResponse::hasTotals)
            .map(VerifyResponse::getTotals)
            .findFirst()
            .orElseThrow(() -> new FailedException("the aggregator did not prove the totals"));
    List<TransfersProof> transfers =
        answers.stream()
            .filter(VerifyResponse::hasTransfers)
            .map(VerifyResponse::getTransfers)
            .toList();
    if (partitions.isEmpty()) {
      throw new FailedException("the aggregator did not prove any partition");
    }
    if (!partitions.stream().allMatch(PartitionProof::hasReservations)) {
      throw new FailedException("the aggregator did not prove the reservations");
    }
    if (request.getPartitionsCount() == 0 && transfers.isEmpty()) {
      throw new FailedException("the aggregator did not prove the transfers");
    }
    return new Proof(partitions, transfers, totals);
  }

  boolean isEqual() {
    return totals.getEqual()
        && transfers.stream().allMatch(TransfersProof::getEqual)
        && partitions.stream().allMatch(PartitionProof::getEqual)
        && partitions.stream().allMatch(proof -> proof.getReservations().getEqual());
  }

  List<DifferenceRow> differences() {
    return partitions.stream().flatMap(Proof::differences).toList();
  }

  private static Stream<DifferenceRow> differences(PartitionProof proof) {
    int partition = proof.getPartition();
    return Stream.concat(
        proof.getDifferencesList().stream().map(each -> DifferenceRow.of(partition, each)),
        proof.getParkedList().stream().map(each -> new DifferenceRow(partition, each, true)));
  }

  /** The number of items that differ, or may differ, by parked changes. */
  long parked() {
    return partitions.stream().mapToLong(PartitionProof::getItemsParked).sum();
  }

  boolean isRepaired() {
    return partitions.stream().anyMatch(PartitionProof::getRepaired);
  }
}
