package dev.holdfast.store.api.lease;

import java.time.Duration;

/**
 * Settings of leases on this node.
 *
 * @param enabled whether any are given
 * @param ttl of a lease that is asked for without one
 * @param renew after which a holder should renew
 * @param leasesMax of a partition
 */
public record LeaseSettings(boolean enabled, Duration ttl, Duration renew, int leasesMax) {}
