package dev.holdfast.cli;

import dev.holdfast.cli.certs.CertificatePlaces;
import dev.holdfast.cli.certs.OwnCertificate;
import dev.holdfast.common.client.ClientSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options by which the command line and the nodes know each other. Without any, it takes the
 * certificates of {@code scripts/cluster} when they are there, and speaks in the clear otherwise.
 */
public final class SecurityOptions {
  @Option(
      names = "--cert-dir",
      paramLabel = "DIR",
      description =
          "speak TLS with ca.crt and the certificate of this directory (env HOLDFAST_CERTS;"
              + " default: certs in the directory of scripts/cluster, if it is there)")
  private @Nullable Path directory;

  @Option(
      names = "--as",
      paramLabel = "ID",
      description = "with several certificates in it: as this one, for instance user/alice")
  private @Nullable String as;

  @Option(
      names = "--cluster",
      paramLabel = "ID",
      description = "the cluster in the nodes' certificates (default: that of one's own)")
  private @Nullable String cluster;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "send the bearer token in this file, read again every few seconds (env"
              + " HOLDFAST_BEARER_TOKEN_FILE; or the token itself in env HOLDFAST_BEARER_TOKEN)")
  private @Nullable Path tokenFile;

  @Option(
      names = "--insecure",
      description = "speak in the clear, to nodes with security.mode=off (env HOLDFAST_INSECURE)")
  private boolean insecure;

  /** The settings with what the options say. */
  public ClientSettings applyTo(ClientSettings settings) {
    Supplier<String> token = token();
    ClientSettings secure = isInsecure() ? settings : withTls(settings);
    return token == null ? secure : secure.withToken(token);
  }

  private boolean isInsecure() {
    String wanted = environment("HOLDFAST_INSECURE").orElse("false");
    if (!wanted.equals("true") && !wanted.equals("false")) {
      throw new UsageException("HOLDFAST_INSECURE must be true or false, was '" + wanted + "'");
    }
    return insecure || wanted.equals("true");
  }

  private ClientSettings withTls(ClientSettings settings) {
    Path named = directory == null ? CertificatePlaces.named() : directory;
    OwnCertificate own =
        named == null
            ? OwnCertificate.ofCluster(CertificatePlaces.ofCluster(), as)
            : OwnCertificate.in(named, as);
    if (own == null) {
      return settings;
    }
    return (cluster == null ? own : own.calling(cluster)).applyTo(settings);
  }

  private @Nullable Supplier<String> token() {
    Optional<Path> file =
        Optional.ofNullable(tokenFile)
            .or(() -> environment("HOLDFAST_BEARER_TOKEN_FILE").map(Path::of));
    if (file.isPresent()) {
      return new TokenFile(file.get(), System::nanoTime);
    }
    String token = environment("HOLDFAST_BEARER_TOKEN").map(String::strip).orElse(null);
    return token == null ? null : () -> token;
  }

  /** A variable that is set, and not to nothing. */
  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
