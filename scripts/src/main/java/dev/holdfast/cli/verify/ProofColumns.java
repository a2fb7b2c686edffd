package dev.holdfast.cli.verify;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.aggregator.v1.PartitionProof;
import dev.holdfast.proto.aggregator.v1.TotalsProof;
import dev.holdfast.proto.aggregator.v1.TransfersProof;
import dev.holdfast.proto.log.v1.StateDigest;
import java.util.List;

/** The columns of proofs. Scripts rely on these names and their order. */
public final class ProofColumns {
  public static final List<Column<PartitionProof>> PARTITION =
      List.of(
          new Column<>("partition", PartitionProof::getPartition),
          new Column<>("sequence", PartitionProof::getSequence),
          new Column<>("node", PartitionProof::getNodeId),
          new Column<>("records", proof -> proof.getStores().getRecords()),
          new Column<>("on_hand", proof -> proof.getStores().getOnHand()),
          new Column<>("reserved", proof -> proof.getStores().getReserved()),
          new Column<>("digest_view", proof -> text(proof.getView())),
          new Column<>("digest_stores", proof -> text(proof.getStores())),
          new Column<>("equal", PartitionProof::getEqual),
          new Column<>("differences", PartitionProof::getItemsDiffering),
          new Column<>("repaired", PartitionProof::getRepaired));

  /** The same with the proof of the reservations, which a rebuild does not read. */
  static final List<Column<PartitionProof>> VERIFIED =
      Column.join(
          PARTITION,
          List.of(
              new Column<>("reservations", proof -> proof.getReservations().getOpen()),
              new Column<>("held", proof -> proof.getReservations().getHeld()),
              new Column<>("held_equal", proof -> proof.getReservations().getEqual()),
              new Column<>("parked", PartitionProof::getItemsParked)));

  static final List<Column<TotalsProof>> TOTALS =
      List.of(
          new Column<>("skus", TotalsProof::getSkus),
          new Column<>("on_hand", TotalsProof::getOnHand),
          new Column<>("reserved", TotalsProof::getReserved),
          new Column<>("equal", TotalsProof::getEqual),
          new Column<>("differences", TotalsProof::getDifferingSkusCount));

  static final List<Column<TransfersProof>> TRANSFERS =
      List.of(
          new Column<>("in_transit", TransfersProof::getInTransit),
          new Column<>("net_shipped", TransfersProof::getNetShipped),
          new Column<>("equal", TransfersProof::getEqual),
          new Column<>("differences", TransfersProof::getDifferencesCount));

  private ProofColumns() {}

  private static String text(StateDigest digest) {
    return "%016x%016x".formatted(digest.getHigh(), digest.getLow());
  }
}
