package dev.holdfast.store.api.transfer;

import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.proto.cluster.v1.CreditHandoversRequest;
import dev.holdfast.proto.log.v1.HandoverRecord;
import dev.holdfast.proto.log.v1.MovedLine;
import dev.holdfast.store.transfers.CreditBatch;
import java.util.List;

/**
 * Checks hand-overs between partitions: a hand-over may contain only what a shipment may be made
 * of. Nodes are called at the port that callers use, and an unforeseen content would stop the
 * partition.
 */
final class HandoverRules {
  private final FieldRules rules = new FieldRules();
  private final PartitionMap partitions;

  private HandoverRules(PartitionMap partitions) {
    this.partitions = partitions;
  }

  static List<FieldViolation> violations(CreditHandoversRequest request, PartitionMap partitions) {
    HandoverRules rules = new HandoverRules(partitions);
    rules.check(request);
    return rules.rules.violations();
  }

  private void check(CreditHandoversRequest request) {
    int count = partitions.partitionCount();
    rules.partition("source_partition", request.getSourcePartition(), count);
    rules.partition("destination_partition", request.getDestinationPartition(), count);
    rules.sequence("first_number", request.getFirstNumber());
    rules.count("handovers", request.getHandoversCount(), CreditBatch.HANDOVERS_MAX);
    for (int i = 0; i < request.getHandoversCount() && rules.isValid(); i++) {
      rules.enter("handovers", i);
      check(request, request.getHandovers(i));
      rules.leave();
    }
  }

  private void check(CreditHandoversRequest request, HandoverRecord handover) {
    rules.id("store", handover.getStore());
    rules.id("destination", handover.getDestination());
    rules.reservationId("transfer_id", handover.getTransferId());
    if (rules.isValid()) {
      home("store", handover.getStore(), request.getSourcePartition());
      home("destination", handover.getDestination(), request.getDestinationPartition());
      if (handover.getStore().equals(handover.getDestination())) {
        rules.violate("destination", "must be another store than the source");
      }
    }
    rules.lines("lines", handover.getLinesCount(), i -> handover.getLines(i).getSku());
    for (int i = 0; i < Math.min(handover.getLinesCount(), FieldRules.LINES_MAX); i++) {
      check(i, handover.getLines(i));
    }
  }

  private void check(int index, MovedLine line) {
    rules.enter("lines", index);
    rules.id("sku", line.getSku());
    rules.lineQuantity("quantity", line.getQuantity());
    rules.leave();
  }

  private void home(String field, String store, int partition) {
    int home = partitions.partitionOf(store);
    if (home != partition) {
      rules.violate(field, "must live in partition " + partition + ", lives in " + home);
    }
  }
}
