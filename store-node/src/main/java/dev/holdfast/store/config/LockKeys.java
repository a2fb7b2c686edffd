package dev.holdfast.store.config;

import dev.holdfast.common.config.Doc;
import dev.holdfast.common.config.Range;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Keys of the leases on items. The same on all nodes. */
public interface LockKeys {
  @Doc("whether items can be leased; when off, leases are neither granted nor checked")
  @WithDefault("true")
  boolean enabled();

  @Doc("duration of a lease when the request gives none")
  @WithDefault("2s")
  @Range(min = "1ms", max = "1h")
  Duration ttl();

  @Doc("how often the client library renews a lease that it holds")
  @WithDefault("1s")
  @Range(min = "1ms", max = "1h")
  Duration renew();

  @Doc("how LOCKED is answered: 503 (UNAVAILABLE), 429, 422 or 409; see the table of answers")
  @WithDefault("503")
  @Range(min = "409", max = "503")
  int rejectStatus();

  @Doc("retry delay in the answer LOCKED")
  @WithDefault("300ms")
  @Range(min = "1ms", max = "1h")
  Duration retryAfter();

  @Doc("maximum number of live leases per partition; they are kept in memory")
  @WithDefault("10000")
  @Range(min = "1", max = "1000000")
  int max();
}
