package dev.holdfast.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.StockKey;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The promise of the import, under clusters that fail, delay and reorder by a seed. */
final class LaneOrderTest {
  private static final int MOVEMENTS = 2_000;
  private static final int SKUS = 40;
  private static final LaneLimits LIMITS =
      new LaneLimits(4, 20, 3_000, Duration.ofMinutes(1), IntervalFunction.of(2), 0);

  @Property(tries = 15)
  void shouldKeepTheOrderOfEachItemWhateverFails(@ForAll long seed) throws Exception {
    List<FileMovement> movements = manyMovements(new Random(seed));
    RecordedOutcomes outcomes = new RecordedOutcomes();
    FakeStock stock = new FakeStock();
    ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    try (UnreliableSender sender = new UnreliableSender(stock, seed)) {
      Lanes lanes = new Lanes(sender, LIMITS, worker, outcomes);
      lanes.add(movements.subList(0, 700));
      lanes.add(movements.subList(700, movements.size()));
      lanes.finish();

      assertThat(lanes.failure()).isNull();
    } finally {
      worker.shutdownNow();
    }
    assertThat(outcomes.byLine).hasSize(movements.size());
    assertThat(outcomes.byLine.values()).containsOnly("accepted");
    stock.keysByItem().forEach((item, keys) -> assertThat(keys).isEqualTo(keysOf(movements, item)));
  }

  /** Items that open with nothing and get a unit before each one that leaves: order matters. */
  private static List<FileMovement> manyMovements(Random random) {
    List<FileMovement> movements = new ArrayList<>();
    for (int sku = 0; sku < SKUS; sku++) {
      movements.add(Movements.create(movements.size(), "sku-" + sku, 0));
    }
    while (movements.size() < MOVEMENTS) {
      String sku = "sku-" + random.nextInt(SKUS);
      movements.add(Movements.adjust(movements.size(), sku, 1));
      movements.add(Movements.adjust(movements.size(), sku, -1));
    }
    return movements;
  }

  private static List<String> keysOf(List<FileMovement> movements, StockKey item) {
    return movements.stream()
        .filter(movement -> movement.item().equals(item))
        .map(movement -> "k" + movement.line())
        .toList();
  }
}
