package dev.holdfast.store.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.testing.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Three partitions with the real drivers and deciders, while messages are lost, doubled and late
 * and leaders change. One seed is one history, and a failure prints it.
 */
final class HandoverSimulationTest {
  private static final int PARTITIONS = 3;
  private static final int STEPS = 600;
  private static final long OPENING = 40;
  private static final long NEARLY_FULL = StockLevel.QUANTITY_MAX - 3;

  private final List<SimulatedPartition> partitions = new ArrayList<>();
  private long lost;
  private int shipped;

  @Property(tries = 400)
  void shouldNeitherLoseNorDoubleAUnit(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedNetwork network = start(random);
    long units = onHand();

    for (int step = 0; step < STEPS; step++) {
      step(random, network);
      assertThat(onHand() + netShipped() + lost).isEqualTo(units);
      partitions.forEach(HandoverSimulationTest::assertOnTheWay);
    }
    settleAll(network);

    assertThat(onHand() + netShipped() + lost).isEqualTo(units);
    assertThat(netShipped()).isEqualTo(open().mapToLong(Transfer::inTransit).sum());
    assertThat(open().flatMap(each -> each.lines().stream()))
        .allMatch(line -> line.arriving() == 0);
    assertThat(shipped).isPositive();
  }

  private SimulatedNetwork start(Random random) {
    partitions.clear();
    lost = 0;
    shipped = 0;
    SimulatedNetwork network = new SimulatedNetwork(random);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      SimulatedPartition simulated = new SimulatedPartition(partition, PARTITIONS, network);
      simulated.decide(Requests.createItem(store(partition), "tea", OPENING));
      simulated.decide(
          Requests.createItem(store(partition), "salt", partition == 0 ? NEARLY_FULL : 9));
      partitions.add(simulated);
      network.add(simulated);
    }
    return network;
  }

  private static String store(int partition) {
    return "store-" + partition;
  }

  private void step(Random random, SimulatedNetwork network) {
    SimulatedPartition one = partitions.get(random.nextInt(PARTITIONS));
    switch (random.nextInt(12)) {
      case 0, 1 -> one.decide(ship(random, one.partition()));
      case 2, 3 -> receive(random, one);
      case 4 ->
          one.decide(new TransferCommand.CancelTransfer(someTransfer(random, one.partition())));
      case 5 -> one.drive();
      case 6 -> {
        if (random.nextInt(5) == 0) {
          one.changeLeader(random);
        }
      }
      case 7, 8 -> network.step();
      default -> one.step();
    }
  }

  private TransferCommand ship(Random random, int partition) {
    int destination = random.nextInt(PARTITIONS);
    String sku = random.nextInt(3) == 0 ? "salt" : "tea";
    String to = destination == partition ? "shop-" + destination : store(destination);
    TransferKey key = new TransferKey(store(partition), "t" + shipped++);
    return new TransferCommand.ShipTransfer(
        key, to, destination, true, List.of(new MovedLine(sku, 1 + random.nextInt(5))));
  }

  private TransferKey someTransfer(Random random, int partition) {
    return new TransferKey(store(partition), "t" + random.nextInt(Math.max(1, shipped)));
  }

  private void receive(Random random, SimulatedPartition one) {
    TransferKey key = someTransfer(random, one.partition());
    long before = one.state.digest().onHand() + one.state.digest().netShipped();
    String sku = random.nextInt(3) == 0 ? "salt" : "tea";
    List<TransferCommand.ReceivedLine> lines =
        random.nextBoolean()
            ? List.of()
            : List.of(
                new TransferCommand.ReceivedLine(sku, 1 + random.nextInt(2), random.nextInt(2)));
    one.decide(new TransferCommand.ReceiveTransfer(key, lines));
    lost += before - one.state.digest().onHand() - one.state.digest().netShipped();
  }

  /** Whatever is lost and whoever leads: within a partition, at any moment, its books balance. */
  private static void assertOnTheWay(SimulatedPartition partition) {
    long expected =
        partition.state.transfers().all().values().stream().mapToLong(Transfer::inTransit).sum();
    for (int other = 0; other < PARTITIONS; other++) {
      expected += partition.state.transfers().outbound(other).receivedUnits();
      expected -= partition.state.transfers().inbound(other).creditedUnits();
    }
    assertThat(partition.state.digest().netShipped()).isEqualTo(expected);
  }

  private void settleAll(SimulatedNetwork network) {
    network.healthy = true;
    for (int round = 0; round < 10_000 && !isSettled(network); round++) {
      partitions.forEach(SimulatedPartition::drive);
      partitions.forEach(SimulatedPartition::step);
      network.step();
    }
    assertThat(isSettled(network)).as("all hand-overs end").isTrue();
  }

  private boolean isSettled(SimulatedNetwork network) {
    return network.isEmpty()
        && partitions.stream().allMatch(SimulatedPartition::isIdle)
        && partitions.stream().allMatch(each -> each.state.transfers().allHandovers().isEmpty());
  }

  private Stream<Transfer> open() {
    return partitions.stream()
        .flatMap(each -> each.state.transfers().all().values().stream())
        .filter(Transfer::isOpen);
  }

  private long onHand() {
    return partitions.stream().mapToLong(each -> each.state.digest().onHand()).sum();
  }

  private long netShipped() {
    return partitions.stream().mapToLong(each -> each.state.digest().netShipped()).sum();
  }
}
