package dev.holdfast.cli.certs;

import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.certs.CertificateFiles.Found;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.CertificateName.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast certs init}. */
@Command(
    name = "init",
    description = {
      "Makes an authority, valid for ten years, and a certificate of the user admin; with --node,"
          + " of nodes too.",
      "The directory then has ca.crt (the authority, for everybody), ca-….key (its key: only here),"
          + " ca.crl (what it",
      "revoked, for everybody) and, of each name, user.admin.crt with user.admin.key.",
      "",
      "A new authority takes over in steps: init --renew; ca.crt and ca.crl to all nodes and"
          + " callers; renew --all; the",
      "new certificates to their nodes and callers; init --retire; ca.crt and ca.crl to all again.",
    },
    footer = {
      "",
      "Examples:",
      "  holdfast certs init --cluster shop",
      "  holdfast certs init --dir certs --node node-a,node-b,node-c,aggregator --host"
          + " localhost,127.0.0.1",
      "  holdfast certs init --renew",
      "  holdfast certs init --retire",
    })
final class InitCommand extends CertsCommand implements Runnable {
  private static final String ADMIN = "admin";

  @Mixin private final LifeOptions lasting = new LifeOptions();
  @Mixin private final HostOptions at = new HostOptions();

  @Option(
      names = "--cluster",
      paramLabel = "ID",
      defaultValue = "holdfast",
      description =
          "security.cluster of the nodes, in all certificates (default: ${DEFAULT-VALUE})")
  private String cluster = "";

  @Option(
      names = "--node",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "ID,...",
      description = "also make certificates of these nodes, with all --host")
  private List<String> nodes = List.of();

  @Option(names = "--force", description = "forget an authority that is there, and all it signed")
  private boolean force;

  @Option(
      names = "--renew",
      description = "make the authority that signs from now on, beside the one that is there")
  private boolean renew;

  @Option(
      names = "--retire",
      description = "end the trust in the authority before, once no certificate of it is left")
  private boolean retire;

  @Override
  public void run() {
    if (renew && retire) {
      throw new UsageException("--renew begins what --retire ends: give one of them");
    }
    try {
      if (renew) {
        renew();
      } else if (retire) {
        retire();
      } else {
        create();
      }
    } catch (IOException e) {
      throw new FailedException("cannot write to " + directory() + ": " + e, e);
    }
  }

  private void create() throws IOException {
    List<CertificateName> names = new ArrayList<>(List.of(name(Kind.USER, ADMIN)));
    nodes.forEach(node -> names.add(name(Kind.NODE, node)));
    List<String> hosts = at.hosts();
    try (CertificateDirectory made = CertificateDirectory.create(directory(), cluster, force)) {
      for (CertificateName name : names) {
        made.issue(name, name.kind() == Kind.NODE ? hosts : List.of(), lasting.life(), force);
      }
    }
    print(CertificateFiles.in(directory()));
    say("made in " + directory() + "; keep it secret: who has it is everybody");
  }

  private CertificateName name(Kind kind, String id) {
    return IssueCommand.checked(new CertificateName(cluster, kind, id));
  }

  private void renew() throws IOException {
    try (CertificateDirectory there = CertificateDirectory.open(directory())) {
      there.renewAuthority();
    }
    print(CertificateFiles.in(directory()));
    say(
        "give ca.crt and ca.crl to all nodes and callers; when all have read them: holdfast certs"
            + " renew --all");
  }

  private void retire() throws IOException {
    try (CertificateDirectory there = CertificateDirectory.open(directory())) {
      List<Path> left =
          CertificateFiles.in(directory()).stream()
              .filter(found -> !found.isAuthority())
              .filter(found -> !there.isOfSigningAuthority(found.certificate()))
              .map(Found::file)
              .toList();
      if (!left.isEmpty() && !force) {
        throw new FailedException(
            "not renewed yet: %s; renew: holdfast certs renew --all; or remove the files, or give --force"
                .formatted(left));
      }
      there.retireAuthority();
    }
    print(CertificateFiles.in(directory()));
    say("give ca.crt and ca.crl to all nodes and callers");
  }
}
