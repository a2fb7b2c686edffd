package dev.holdfast.cli.certs;

import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.certs.CertificateFiles.Found;
import dev.holdfast.common.tls.CertificateName;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command on a directory of certificates. */
abstract class CertsCommand extends CliCommand {
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "the directory of the certificates (default: env HOLDFAST_CERTS, else certs in the"
              + " directory of scripts/cluster: HOLDFAST_CLUSTER_DIR or .holdfast)")
  private @Nullable Path directory;

  final Path directory() {
    return directory == null
        ? Objects.requireNonNullElseGet(CertificatePlaces.named(), CertificatePlaces::ofCluster)
        : directory;
  }

  final void print(List<Found> found) {
    output.print(CertificateRow.COLUMNS, CertificateRow.of(found));
  }

  final void print(CertificateDirectory from, List<CertificateName> names) {
    print(names.stream().flatMap(name -> CertificateFiles.of(from.fileOf(name)).stream()).toList());
  }

  final void say(String text) {
    err().println(text);
  }

  /** The one among some names that a user means by {@code user/alice} or {@code alice}. */
  static CertificateName oneOf(List<CertificateName> names, String wanted) {
    List<CertificateName> meant =
        names.stream()
            .distinct()
            .filter(name -> name.toString().equals(wanted) || name.id().equals(wanted))
            .toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    throw new UsageException(
        meant.isEmpty()
            ? "there is no certificate of '%s'; see: holdfast certs show".formatted(wanted)
            : "'%s' may be any of %s: name one of them".formatted(wanted, meant));
  }
}
