package dev.holdfast.store.api.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.proto.cluster.v1.CreditHandoversRequest;
import dev.holdfast.proto.log.v1.HandoverRecord;
import dev.holdfast.proto.log.v1.MovedLine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the stores of a hand-over must live; the fields are in BadInputIT. */
final class HandoverRulesTest {
  private static final PartitionMap PARTITIONS =
      new PartitionMap(3, Map.of("berlin", 0, "hamburg", 0, "oslo", 1, "bergen", 2));

  @Test
  void shouldTakeAHandOverBetweenItsPartitions() {
    assertThat(violations(1, 0, handover("oslo", "berlin"))).isEmpty();
    assertThat(violations(0, 0, handover("hamburg", "berlin"))).isEmpty();
  }

  /** A number stands for a hand-over between two partitions only. */
  @Test
  void shouldRefuseStoresOfOtherPartitions() {
    assertThat(violations(1, 0, handover("oslo", "berlin"), handover("bergen", "berlin")))
        .containsExactly(
            new FieldViolation("handovers[1].store", "must live in partition 1, lives in 2"));
    assertThat(violations(1, 0, handover("oslo", "bergen")))
        .containsExactly(
            new FieldViolation("handovers[0].destination", "must live in partition 0, lives in 2"));
  }

  @Test
  void shouldRefuseAHandOverFromAStoreToItself() {
    assertThat(violations(0, 0, handover("berlin", "berlin")))
        .containsExactly(
            new FieldViolation(
                "handovers[0].destination", "must be another store than the source"));
  }

  private static List<FieldViolation> violations(
      int source, int destination, HandoverRecord... handovers) {
    CreditHandoversRequest request =
        CreditHandoversRequest.newBuilder()
            .setSourcePartition(source)
            .setDestinationPartition(destination)
            .setFirstNumber(1)
            .addAllHandovers(List.of(handovers))
            .build();
    return HandoverRules.violations(request, PARTITIONS);
  }

  private static HandoverRecord handover(String store, String destination) {
    return HandoverRecord.newBuilder()
        .setStore(store)
        .setTransferId("t")
        .setDestination(destination)
        .addLines(MovedLine.newBuilder().setSku("tea").setQuantity(1))
        .build();
  }
}
