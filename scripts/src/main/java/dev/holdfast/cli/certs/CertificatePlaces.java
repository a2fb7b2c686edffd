package dev.holdfast.cli.certs;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Directories in which certificates are looked for. */
public final class CertificatePlaces {
  private CertificatePlaces() {}

  /** The directory that the environment names; null when it names none. */
  public static @Nullable Path named() {
    String named = System.getenv("HOLDFAST_CERTS");
    return named == null || named.isEmpty() ? null : Path.of(named);
  }

  /** The directory of a cluster of scripts/cluster. */
  public static Path ofCluster() {
    String cluster = System.getenv("HOLDFAST_CLUSTER_DIR");
    return Path.of(cluster == null || cluster.isEmpty() ? ".holdfast" : cluster, "certs");
  }
}
