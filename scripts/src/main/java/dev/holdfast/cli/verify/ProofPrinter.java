package dev.holdfast.cli.verify;

import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.OutputOptions.Section;
import dev.holdfast.proto.aggregator.v1.PartitionProof;
import dev.holdfast.proto.aggregator.v1.TotalsProof;
import dev.holdfast.proto.aggregator.v1.TransfersProof;
import java.io.PrintWriter;
import java.util.List;

/** Prints a proof: the partitions, the totals, and any differences. */
final class ProofPrinter {
  private static final int TABLE_ROWS_MAX = 20;

  private static final Section<PartitionProof> PARTITION =
      new Section<>("partition", "The view against the stores", ProofColumns.VERIFIED);
  private static final Section<TotalsProof> TOTALS =
      new Section<>("totals", "Totals over all stores", ProofColumns.TOTALS);
  private static final Section<TransfersProof> TRANSFERS =
      new Section<>("transfers", "What is on its way", ProofColumns.TRANSFERS);
  private static final Section<DifferenceRow> DIFFERENCE =
      new Section<>("difference", "What differs", DifferenceRow.COLUMNS);

  private final OutputOptions output;
  private final PrintWriter err;

  ProofPrinter(OutputOptions output, PrintWriter err) {
    this.output = output;
    this.err = err;
  }

  void print(Proof proof) {
    output.section(PARTITION, proof.partitions());
    output.section(TOTALS, List.of(proof.totals()));
    if (!proof.transfers().isEmpty()) {
      output.section(TRANSFERS, proof.transfers());
    }
    proof.partitions().stream()
        .flatMap(partition -> partition.getReservations().getDifferencesList().stream())
        .forEach(err::println);
    proof.transfers().stream()
        .flatMap(transfers -> transfers.getDifferencesList().stream())
        .forEach(err::println);
    List<DifferenceRow> differences = proof.differences();
    if (!differences.isEmpty()) {
      printDifferences(differences);
    }
    if (proof.parked() > 0) {
      err.println(proof.parked() + " items differ of which changes are parked: holdfast dlq list");
    }
    printDifferingTotals(proof.totals());
    if (proof.isRepaired()) {
      err.println("what differed was rebuilt; prove it once more: holdfast verify");
    }
  }

  private void printDifferences(List<DifferenceRow> differences) {
    int shown = output.isTable() ? TABLE_ROWS_MAX : Integer.MAX_VALUE;
    output.section(DIFFERENCE, differences.stream().limit(shown).toList());
    if (differences.size() > shown) {
      err.println((differences.size() - shown) + " more: -o csv shows them");
    }
  }

  private void printDifferingTotals(TotalsProof totals) {

    totals.getDifferingSkusList().stream()
        .limit(TABLE_ROWS_MAX)
        .forEach(sku -> err.println("SKU '" + sku + "': the total is not the sum of its stores"));
  }
}
