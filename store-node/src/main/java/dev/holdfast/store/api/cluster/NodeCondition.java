package dev.holdfast.store.api.cluster;

import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.store.peers.ClockWatch;
import java.util.function.BooleanSupplier;

/**
 * The condition of a node, besides its replicas.
 *
 * @param diskNearlyFull whether its data disk has too little room for mutations
 * @param started whether its start is over; before, it may still refuse to run
 */
public record NodeCondition(
    ClockWatch clocks, BooleanSupplier diskNearlyFull, BooleanSupplier started) {
  void addTo(GetNodeStatusResponse.Builder response) {
    clocks.offsetMillis().ifPresent(response::setClockOffsetMillis);
    response.setDiskNearlyFull(diskNearlyFull.getAsBoolean());
    response.setWallClockMillis(clocks.wallMillis());
  }
}
