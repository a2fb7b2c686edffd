package dev.holdfast.common.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Keys of every node: its name and its directories. */
public interface NodeKeys {
  @Doc("name of this node, unique in the cluster")
  String id();

  @Doc("directory for all data of this node; created when missing")
  Path dataDir();

  @Doc("directory for native libraries, relative to data-dir unless absolute; not mounted noexec")
  @WithDefault("native")
  Path nativeDir();
}
