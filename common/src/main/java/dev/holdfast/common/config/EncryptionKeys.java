package dev.holdfast.common.config;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Keys of the encryption of all that a node stores. */
public interface EncryptionKeys {
  String NONE = "none";

  @Doc("whether values are encrypted before they are stored; see docs/OPERATIONS.md on the keys")
  @WithDefault("false")
  boolean enabled();

  @Doc(
      "file of master keys, the same on all nodes; not below data-dir. Made by: holdfast keys init")
  @WithDefault("")
  Path keyset();

  @Doc(
      "time after which what is stored is encrypted with a new data key; a start makes one as well")
  @WithDefault("7d")
  @Range(min = "1s", max = "3650d")
  Duration dataKeyAge();

  @Doc(
      "URL of the master key in Vault's transit engine, instead of a keyset, such as"
          + " https://vault:8200/v1/transit/keys/holdfast; or none")
  @WithDefault(NONE)
  String vaultKey();

  @Doc("file of the token for Vault, readable by its owner only; read for each call")
  @WithDefault("")
  Path vaultToken();

  /** Whether the master keys are in Vault. */
  default boolean hasVault() {
    return !vaultKey().equals(NONE);
  }

  /** Checks the keys against each other. */
  default void check(NodeKeys node, ConfigProblems problems) {
    boolean isGiven = !keyset().toString().isEmpty();
    boolean isVault = hasVault();
    problems.require(
        isGiven || isVault || !enabled(),
        "holdfast.encryption.enabled needs master keys: holdfast.encryption.keyset, or"
            + " holdfast.encryption.vault-key");
    problems.require(
        !isGiven || !isVault,
        "holdfast.encryption.keyset and holdfast.encryption.vault-key are both set; master keys are"
            + " in one place");
    problems.require(
        !isVault
            || (vaultKey().matches("https?://.+/keys/[^/]+") && !vaultToken().toString().isEmpty()),
        "holdfast.encryption.vault-key must be like https://vault:8200/v1/transit/keys/holdfast,"
            + " and holdfast.encryption.vault-token set");
    problems.require(
        !isVault || !isInTheClear(vaultKey()),
        "holdfast.encryption.vault-key = %s would send the keys of databases in the clear: use https"
            .formatted(vaultKey()));
    problems.require(
        !isGiven || !absolute(keyset()).startsWith(absolute(node.dataDir())),
        "holdfast.encryption.keyset = %s lies in holdfast.node.data-dir: whoever gets the disk would get the keys"
            .formatted(keyset()));
  }

  /** Over the network, that is: what stays on this machine needs no TLS. */
  private static boolean isInTheClear(String url) {
    if (!url.startsWith("http://")) {
      return false;
    }
    String host = URI.create(url).getHost();
    return host == null || !SecurityRelations.isLoopback(host);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
