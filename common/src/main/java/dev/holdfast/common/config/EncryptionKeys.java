package dev.holdfast.common.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Keys of the encryption of all that a node stores. */
public interface EncryptionKeys {
  @Doc("whether values are encrypted before they are stored; see docs/OPERATIONS.md on the keys")
  @WithDefault("false")
  boolean enabled();

  @Doc("file of master keys, the same on all nodes; not below data-dir. Made by: holdfast keys init")
  @WithDefault("")
  Path keyset();

  @Doc("time after which what is stored is encrypted with a new data key; a start makes one as well")
  @WithDefault("7d")
  @Range(min = "1s", max = "3650d")
  Duration dataKeyAge();

  /** Checks the keys against each other. */
  default void check(NodeKeys node, ConfigProblems problems) {
    boolean isGiven = !keyset().toString().isEmpty();
    problems.require(
        isGiven || !enabled(),
        "holdfast.encryption.enabled needs the file of master keys in holdfast.encryption.keyset");
    problems.require(
        !isGiven || !absolute(keyset()).startsWith(absolute(node.dataDir())),
        "holdfast.encryption.keyset = %s lies in holdfast.node.data-dir: whoever gets the disk would get the keys"
            .formatted(keyset()));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
