package dev.holdfast.common.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** A mapping with a key of every kind. */
@ConfigMapping(prefix = "holdfast")
public interface SampleConfig {
  NodeKeys node();

  HttpKeys http();

  Limits limits();

  /** Keys with bounds. */
  interface Limits {
    @Doc("how many")
    @WithDefault("10")
    @Range(min = "1", max = "100")
    long countMax();

    @Doc("how large")
    @WithDefault("16MiB")
    @Range(min = "1KiB", max = "1GiB")
    ByteSize bytesMax();

    @Doc("how long")
    @WithDefault("1500ms")
    @Range(min = "1ms", max = "1d")
    Duration waitMax();

    @Doc("where")
    @WithDefault("")
    PinnedStores pinned();

    @Doc("who")
    @WithDefault("node-a=127.0.0.1:7101/127.0.0.1:7201")
    ClusterNodes nodes();
  }
}
