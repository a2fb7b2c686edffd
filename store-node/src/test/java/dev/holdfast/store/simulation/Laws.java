package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.store.testing.MemoryReplica;
import java.util.HashMap;
import java.util.Map;

/** What holds at every moment, whatever was asked. */
final class Laws {
  private Laws() {}

  static void check(MemoryReplica state) {
    Map<StockKey, Long> held = new HashMap<>();
    state
        .allReservations()
        .forEach(
            (key, reservation) -> {
              if (reservation instanceof Reservation.Open open) {
                open.lines()
                    .forEach(
                        line ->
                            held.merge(
                                new StockKey(key.store(), line.sku()), line.quantity(), Long::sum));
              }
            });
    long netShipped = 0;
    for (Map.Entry<StockKey, StockLevel> each : state.allStock().entrySet()) {
      StockLevel level = each.getValue();
      netShipped += level.netShipped();
      if (level.reserved() != held.getOrDefault(each.getKey(), 0L)) {
        throw new AssertionError(each + " does not reserve what is held: " + held);
      }
      if (level.reserved() < 0 || level.reserved() > level.onHand()) {
        throw new AssertionError("oversold: " + each);
      }
    }
    if (netShipped != onTheWay(state)) {
      throw new AssertionError("units on the way: " + netShipped + ", not " + onTheWay(state));
    }
  }

  /** What the stores of a partition shipped, less what they received, by all that it knows. */
  private static long onTheWay(MemoryReplica state) {
    long units = state.transfers().all().values().stream().mapToLong(Transfer::inTransit).sum();
    for (int other = 0; other < Cluster.PARTITIONS; other++) {
      units += state.transfers().outbound(other).receivedUnits();
      units -= state.transfers().inbound(other).creditedUnits();
    }
    return units;
  }

  /** Hand-overs of one partition to another: never taken before they are sent, nor forgotten. */
  static void checkChannel(int from, MemoryReplica source, int to, MemoryReplica destination) {
    var out = source.transfers().outbound(to);
    var in = destination.transfers().inbound(from);
    if (out.settled() > in.last()
        || in.last() > out.last()
        || out.receivedUnits() > in.creditedUnits()) {
      throw new AssertionError("from " + from + " to " + to + ": " + out + ", " + in);
    }
  }

  /** When all is settled, nothing is between two partitions. */
  static void checkSettledChannel(
      int from, MemoryReplica source, int to, MemoryReplica destination) {
    var out = source.transfers().outbound(to);
    var in = destination.transfers().inbound(from);
    if (out.settled() != out.last()
        || in.last() != out.last()
        || out.receivedUnits() != in.creditedUnits()) {
      throw new AssertionError("not settled from " + from + " to " + to + ": " + out + ", " + in);
    }
  }
}
