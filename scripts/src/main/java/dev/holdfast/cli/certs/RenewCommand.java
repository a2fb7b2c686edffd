package dev.holdfast.cli.certs;

import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.certs.CertificateFiles.Found;
import dev.holdfast.common.tls.CertificateName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast certs renew}. */
@Command(
    name = "renew",
    description = {
      "Replaces certificates by new ones of the same names and hosts, with new keys.",
      "Running nodes and clients read replaced files by themselves. The old certificates stay valid"
          + " until their end.",
    },
    footer = {
      "",
      "Examples:",
      "  holdfast certs renew node/node-a",
      "  holdfast certs renew --all",
      "  holdfast certs renew --all --within 30",
    })
final class RenewCommand extends CertsCommand implements Runnable {
  @Mixin private final LifeOptions lasting = new LifeOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "as in: holdfast certs show; for instance user/alice, or alice")
  private @Nullable String id;

  @Option(names = "--all", description = "all that are not revoked")
  private boolean all;

  @Option(
      names = "--within",
      paramLabel = "DAYS",
      description = "only certificates that end within this time, for a daily run")
  private @Nullable Integer withinDays;

  @Override
  public void run() {
    if (all == (id != null)) {
      throw new UsageException("give an ID, or --all");
    }
    try (CertificateDirectory there = CertificateDirectory.open(directory())) {
      List<CertificateName> renewed = new ArrayList<>();
      for (Known each : chosen(known(there))) {
        if (isDue(each.found)) {
          List<String> hosts = CertificateFiles.hosts(each.found.certificate());
          there.issue(each.name, hosts, lasting.life(), true);
          renewed.add(each.name);
        }
      }
      print(there, renewed);
    } catch (IOException e) {
      throw new FailedException("cannot write to " + directory() + ": " + e, e);
    }
  }

  private record Known(CertificateName name, Found found) {}

  /** The certificates that the directory's authorities signed. */
  private List<Known> known(CertificateDirectory there) {
    List<Known> known = new ArrayList<>();
    for (Found found : CertificateFiles.in(directory())) {
      CertificateName.of(found.certificate())
          .filter(name -> name.cluster().equals(there.cluster()))
          .filter(name -> found.file().equals(there.fileOf(name)))
          .ifPresent(name -> known.add(new Known(name, found)));
    }
    return known;
  }

  private List<Known> chosen(List<Known> known) {
    if (id == null) {
      return known;
    }
    CertificateName wanted = oneOf(known.stream().map(Known::name).toList(), id);
    return known.stream().filter(each -> each.name.equals(wanted)).toList();
  }

  private boolean isDue(Found found) {
    if (found.revoked()) {
      if (!all) {
        throw new FailedException(
            found.file() + " is revoked; to let it in again: holdfast certs issue --force");
      }
      say("not renewed, since it is revoked: " + found.file());
      return false;
    }
    return withinDays == null
        || found
            .certificate()
            .getNotAfter()
            .toInstant()
            .isBefore(Instant.now().plus(Duration.ofDays(withinDays)));
  }
}
