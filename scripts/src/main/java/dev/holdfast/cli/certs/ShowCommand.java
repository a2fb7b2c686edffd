package dev.holdfast.cli.certs;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast certs show}. */
@Command(
    name = "show",
    description = "Shows certificates: whose, until when, for which hosts, by whom.",
    footer = {
      "",
      "Examples:",
      "  holdfast certs show",
      "  holdfast certs show -o json",
      "  holdfast certs show /etc/holdfast/certs/node.node-a.crt --wide",
    })
final class ShowCommand extends CertsCommand implements Runnable {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "PEM files (default: all .crt of the directory)")
  private List<Path> files = List.of();

  @Override
  public void run() {
    print(
        files.isEmpty()
            ? CertificateFiles.in(directory())
            : files.stream().flatMap(file -> CertificateFiles.of(file).stream()).toList());
  }
}
