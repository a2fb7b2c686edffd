package dev.holdfast.common.config;

import com.google.common.net.InetAddresses;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks the keys of TLS with the addresses at which a node listens. */
public final class SecurityRelations {
  private static final String KEYS = "holdfast.security.";
  private static final Pattern CLUSTER = Pattern.compile("[a-z0-9._-]{1,64}");

  private SecurityRelations() {}

  /**
   * Checks the keys.
   *
   * @param hosts at which the node listens, by their keys
   */
  public static void check(SecurityKeys keys, Map<String, String> hosts, ConfigProblems problems) {
    problems.require(
        CLUSTER.matcher(keys.cluster()).matches(),
        "%scluster = '%s' must be 1 to 64 of a-z 0-9 . _ -".formatted(KEYS, keys.cluster()));
    TokenKeys.check(keys.tokens(), problems);
    switch (keys.mode()) {
      case TLS -> requireFiles(keys, problems);
      case OFF -> {
        hosts.forEach((key, host) -> requireLoopback(keys, key, host, problems));
        problems.require(
            keys.tokens().keys().isEmpty(),
            "%stokens.keys needs %smode=tls: whoever listens could use a token"
                .formatted(KEYS, KEYS));
      }
    }
  }

  private static void requireFiles(SecurityKeys keys, ConfigProblems problems) {
    if (Stream.of(keys.certificate(), keys.key(), keys.authorities())
        .anyMatch(SecurityRelations::isSet)) {
      requireFile("certificate", keys.certificate(), problems);
      requireFile("key", keys.key(), problems);
      requireFile("authorities", keys.authorities(), problems);
      return;
    }
    problems.add(
        "%smode is tls, but %scertificate, .key and .authorities are not set: name files that"
                .formatted(KEYS, KEYS)
            + " 'holdfast certs init' and 'holdfast certs issue' make; or, on a laptop, set"
            + " %smode=off: then nothing is encrypted, and anyone may do anything".formatted(KEYS));
  }

  private static void requireFile(String name, Path file, ConfigProblems problems) {
    problems.require(
        isSet(file),
        "%s%s is not set: with %smode=tls it names a PEM file".formatted(KEYS, name, KEYS));
  }

  private static void requireLoopback(
      SecurityKeys keys, String key, String host, ConfigProblems problems) {
    problems.require(
        keys.openToNetwork() || isLoopback(host),
        "%s = '%s' is not a loopback address, and %smode is off, so that everybody there may do"
                .formatted(key, host, KEYS)
            + " anything: set %smode=tls and certificates, or listen at 127.0.0.1,".formatted(KEYS)
            + " or set %sopen-to-network=true".formatted(KEYS));
  }

  /**
   * Whether an address is one of this machine alone; by its text, without asking for names, whose
   * addresses may change.
   */
  public static boolean isLoopback(String host) {
    return host.equals("localhost")
        || (InetAddresses.isInetAddress(host) && InetAddresses.forString(host).isLoopbackAddress());
  }

  /** Whether a path is set. */
  public static boolean isSet(Path path) {
    return !path.toString().isEmpty();
  }
}
