package dev.holdfast.cli.certs;

import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.UsageException;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.CertificateName.Kind;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast certs issue}. */
@Command(
    name = "issue",
    description = {
      "Makes a certificate with a new key: KIND.ID.crt and KIND.ID.key (0600).",
      "Give these two files, ca.crt and ca.crl to the node, the person or the program, and nothing"
          + " else.",
    },
    footer = {
      "",
      "Examples:",
      "  holdfast certs issue node node-a --host node-a.shop.example,10.0.0.11",
      "  holdfast certs issue user alice --days 90",
      "  holdfast certs issue service shop",
    })
final class IssueCommand extends CertsCommand implements Runnable {
  @Mixin private final LifeOptions lasting = new LifeOptions();
  @Mixin private final HostOptions at = new HostOptions();

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "node (also an aggregator), user (a person) or service (a program)")
  private Kind kind = Kind.USER;

  @Parameters(
      index = "1",
      paramLabel = "ID",
      description = "of a node, its node.id; of a person or program, any: A-Z a-z 0-9 . _ @ + -")
  private String id = "";

  @Option(names = "--force", description = "overwrite the files of a certificate that is there")
  private boolean force;

  @Override
  public void run() {
    try (CertificateDirectory there = CertificateDirectory.open(directory())) {
      CertificateName name = checked(new CertificateName(there.cluster(), kind, id));
      List<String> hosts = at.hosts();
      there.issue(name, hosts, lasting.life(), force);
      print(there, List.of(name));
      if (kind == Kind.NODE && hosts.isEmpty()) {
        say(
            "it names no host: Holdfast does not mind, but curl and grpcurl will refuse it; see"
                + " --host");
      }
    } catch (IOException e) {
      throw new FailedException("cannot write to " + directory() + ": " + e, e);
    }
  }

  /** Throws a UsageException for a name that no certificate can have. */
  static CertificateName checked(CertificateName name) {
    if (CertificateName.parse(name.uri()).isEmpty()) {
      throw new UsageException(
          "'%s' is no name: an id has 1 to 128 of A-Z a-z 0-9 . _ @ + -, a cluster a-z 0-9 . _ -"
              .formatted(name.uri()));
    }
    return name;
  }
}
