package dev.holdfast.cli.certs;

import dev.holdfast.cli.FailedException;
import dev.holdfast.common.tls.CertificateName;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast certs revoke}. */
@Command(
    name = "revoke",
    description = {
      "Revokes all certificates that were ever issued to a name, and writes the list ca.crl.",
      "A node refuses them once it has the new ca.crl, which it reads by itself; connections that"
          + " are open end then.",
    },
    footer = {
      "",
      "Example:",
      "  holdfast certs revoke user/alice",
    })
final class RevokeCommand extends CertsCommand implements Runnable {
  @Parameters(
      paramLabel = "ID",
      description = "as in: holdfast certs show; for instance user/alice, or alice")
  private String id = "";

  @Override
  public void run() {
    try (CertificateDirectory there = CertificateDirectory.open(directory())) {
      List<CertificateName> issued =
          there.register().names().stream()
              .flatMap(name -> CertificateName.parse(name).stream())
              .toList();
      CertificateName name = oneOf(issued, id);
      there.revoke(name);
      if (Files.exists(there.fileOf(name))) {
        print(there, List.of(name));
      }
      say(
          "%s is revoked; give %s to all nodes"
              .formatted(name, directory().resolve(CertificateDirectory.REVOKED)));
    } catch (IOException e) {
      throw new FailedException("cannot write to " + directory() + ": " + e, e);
    }
  }
}
