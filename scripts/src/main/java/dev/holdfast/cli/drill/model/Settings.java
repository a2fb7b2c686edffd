package dev.holdfast.cli.drill.model;

import java.time.Duration;

/**
 * The settings of the store nodes that answers depend on.
 *
 * @param reservationTtl of a reservation that does not say
 * @param reservationLifeMax from creation to the latest possible expiry
 * @param leaseTtl of a lease that does not say
 * @param principal the caller, as the nodes see it
 */
public record Settings(
    Duration reservationTtl, Duration reservationLifeMax, Duration leaseTtl, String principal) {
  /** As nodes are delivered. */
  public static final Settings DEFAULT =
      new Settings(Duration.ofHours(1), Duration.ofDays(30), Duration.ofSeconds(2), "anonymous");

  /** The same nodes, called by somebody. */
  public Settings calledBy(String caller) {
    return new Settings(reservationTtl, reservationLifeMax, leaseTtl, caller);
  }
}
