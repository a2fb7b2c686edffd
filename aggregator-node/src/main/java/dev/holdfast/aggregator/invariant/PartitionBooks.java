package dev.holdfast.aggregator.invariant;

import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import java.util.List;
import java.util.Map;

/**
 * A store node's account of a partition's transfers, at one place in its log.
 *
 * @param netShipped of all its stores
 * @param inTransit units of its own transfers that are outstanding or arriving
 * @param outbound by destination partition
 * @param inbound by source partition
 */
public record PartitionBooks(
    int partition,
    long netShipped,
    long inTransit,
    Map<Integer, Outbound> outbound,
    Map<Integer, InboundChannel> inbound) {

  /**
   * What was handed over to another partition.
   *
   * @param pendingUnits of the hand-overs that are not settled, in their order
   */
  public record Outbound(OutboundChannel channel, List<Long> pendingUnits) {
    static final Outbound NONE = new Outbound(OutboundChannel.NONE, List.of());

    /** Units that were credited through a number, given which numbers behind settled were not. */
    long creditedThrough(long number, List<Long> refused) {
      long units = channel.receivedUnits();
      for (long each = channel.settled() + 1; each <= number; each++) {
        if (!refused.contains(each)) {
          units += pendingUnits.get((int) (each - channel.settled() - 1));
        }
      }
      return units;
    }
  }

  Outbound to(int destination) {
    return outbound.getOrDefault(destination, Outbound.NONE);
  }

  InboundChannel from(int source) {
    return inbound.getOrDefault(source, InboundChannel.NONE);
  }

  long receivedUnits() {
    return outbound.values().stream().mapToLong(each -> each.channel().receivedUnits()).sum();
  }

  long creditedUnits() {
    return inbound.values().stream().mapToLong(InboundChannel::creditedUnits).sum();
  }
}
