package dev.holdfast.store.config;

import dev.holdfast.common.config.Doc;
import dev.holdfast.common.config.Range;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Keys of the leases on items. The same on all nodes. */
public interface LockKeys {
  @Doc("whether items can be leased; switched off, leases are neither given nor looked at")
  @WithDefault("true")
  boolean enabled();

  @Doc("how long a lease lasts that is asked for without a time")
  @WithDefault("2s")
  @Range(min = "1ms", max = "1h")
  Duration ttl();

  @Doc("after which time the client library renews a lease that it holds")
  @WithDefault("1s")
  @Range(min = "1ms", max = "1h")
  Duration renew();

  @Doc("how a leased item is refused: 503 (UNAVAILABLE), 429, 422 or 409, as in the answers table")
  @WithDefault("503")
  @Range(min = "409", max = "503")
  int rejectStatus();

  @Doc("when whoever was refused may ask again")
  @WithDefault("300ms")
  @Range(min = "1ms", max = "1h")
  Duration retryAfter();

  @Doc("leases of a partition at the same time; kept in memory")
  @WithDefault("10000")
  @Range(min = "1", max = "1000000")
  int max();
}
