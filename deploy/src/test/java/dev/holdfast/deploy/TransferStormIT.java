package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.deploy.cluster.NodeContainer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A storm of transfers while one node after the other is killed, so that every partition loses its
 * leader between ship and receive, and during hand-overs. At the end every unit is somewhere, once.
 */
@SystemTest
class TransferStormIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PARTITIONS = 3;

  @RegisterExtension static final HoldfastCluster CLUSTER = new HoldfastCluster();

  @BeforeAll
  static void createItems() {
    String quantity = Long.toString(TransferStorm.OPENING);
    for (String store : TransferStorm.STORES) {
      CLUSTER
          .tools()
          .holdfast("stock", "create", store, TransferStorm.SKU, "--quantity", quantity)
          .outOrFail();
    }
  }

  @Test
  void shouldConserveEveryUnitThroughKills() {
    TransferStorm storm = new TransferStorm();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      try (HoldfastClient client = client()) {
        blow(storm.by(client.transfers()), partition);
      }
    }
    CLUSTER.awaitInStep();
    try (HoldfastClient client = client()) {
      storm.by(client.transfers());
      CLUSTER.eventually("all hand-overs to be done", () -> storm.arriving() == 0);

      String proof = CLUSTER.tools().holdfast("verify", "-o", "csv").outOrFail();
      long inTransit = storm.inTransit();
      assertThat(proof).contains("\n%d,%d,true,0\n".formatted(inTransit, inTransit));
      assertThat(TransferStorm.onHand(CLUSTER.stock()) + inTransit)
          .as("seed " + TransferStorm.SEED)
          .isEqualTo(TransferStorm.STORES.size() * TransferStorm.OPENING);
    }
  }

  /** A new one for each round: a container that was killed comes back with another port. */
  private static HoldfastClient client() {
    return CLUSTER.clientOf(PATIENCE, CLUSTER.stores().toArray(NodeContainer[]::new));
  }

  private static void blow(TransferStorm storm, int partition) {
    storm.blow();
    NodeContainer victim = CLUSTER.node(CLUSTER.awaitLeader(partition));
    victim.killHard();
    storm.blow();
    victim.startAgain();
    storm.calm();
  }
}
