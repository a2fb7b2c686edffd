package dev.holdfast.common.config;

import io.smallrye.config.WithDefault;

/** Keys of the HTTP endpoint. */
public interface HttpKeys {
  @Doc("bind address of the HTTP endpoint (/metrics)")
  @WithDefault("127.0.0.1")
  String host();

  @Doc("port of the HTTP endpoint; 0 picks a free one")
  @Range(min = "0", max = "65535")
  int port();
}
