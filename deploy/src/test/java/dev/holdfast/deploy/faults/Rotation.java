package dev.holdfast.deploy.faults;

import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.certs.CertificateAuthority.Issued;
import dev.holdfast.common.certs.CertificateAuthority.Request;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.PemFiles;
import dev.holdfast.common.tls.TlsFileException;
import dev.holdfast.deploy.cluster.NodeContainer;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the secrets of a running cluster, as the handbook says, and sees each step arrive at
 * every node.
 */
final class Rotation {
  private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);

  /** A little more than clients take to read their files again. */
  private static final Duration CLIENTS_READ = Duration.ofSeconds(6);

  private static final Duration SHORT_LIFE = Duration.ofSeconds(6);

  private final Site site;
  private final Secrets secrets;

  Rotation(Site site) {
    this.site = site;
    this.secrets = site.equipment().secrets();
  }

  private List<NodeContainer> nodes() {
    return site.cluster().nodes();
  }

  private void onEachNode(String what, Predicate<NodeContainer> condition) {
    for (NodeContainer node : nodes()) {
      site.cluster().eventually(node.id() + " to " + what, () -> condition.test(node));
    }
  }

  /** New callers, who must be let in all the time, by each of these nodes. */
  Newcomers newcomers(List<NodeContainer> to) {
    return new Newcomers(
        to.stream().map(NodeContainer::grpcAddress).toList(),
        secrets.identity("service.newcomer"),
        secrets.issuer()::token);
  }

  void nodeCertificates() {
    secrets.run("holdfast certs renew --all");
    secrets.bring();
    awaitCertificates();
  }

  private void awaitCertificates() {
    for (NodeContainer node : nodes()) {
      BigInteger renewed = certificate(node).getSerialNumber();
      site.cluster()
          .eventually(
              node.id() + " to show its new certificate", () -> shown(node).equals(renewed));
    }
  }

  private X509Certificate certificate(NodeContainer node) {
    return certificate(secrets.here("certs/node." + node.id() + ".crt"));
  }

  private static X509Certificate certificate(Path file) {
    try {
      return PemFiles.certificates(file)[0];
    } catch (TlsFileException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BigInteger shown(NodeContainer node) {
    try {
      return node.shownCertificate().getSerialNumber();
    } catch (IOException e) {
      return BigInteger.ZERO;
    }
  }

  /** First both authorities are trusted, then the certificates are replaced, then the new alone. */
  void authority() {
    secrets.run("holdfast certs init --renew; holdfast certs issue service first");
    secrets.bring();
    onEachNode(
        "believe the new authority",
        node -> enter(node, secrets.identity("service.first"), "").isEmpty());
    CallerIdentity former = secrets.identity("service.newcomer");
    site.wait(CLIENTS_READ);
    nodeCertificates();
    site.wait(CLIENTS_READ);
    remove("service.first");
    secrets.run("holdfast certs init --retire");
    secrets.bring();
    onEachNode("refuse the old authority", node -> !enter(node, former, "").isEmpty());
  }

  private static String enter(NodeContainer node, CallerIdentity caller, String token) {
    return Newcomers.enter(node.grpcAddress(), caller, token);
  }

  private void remove(String name) {
    secrets.run("rm %1$s/certs/%2$s.crt %1$s/certs/%2$s.key".formatted(Secrets.HOME, name));
  }

  /** First both keys are published, then the new one signs, then it is published alone. */
  void tokenKeys() {
    CallerIdentity caller = secrets.identity("service.newcomer");
    TokenIssuer issuer = secrets.issuer();
    TokenIssuer.Key former = issuer.key();
    TokenIssuer.Key next = issuer.next();
    secrets.publish(List.of(former, next));
    secrets.bring();
    onEachNode("take the new key", node -> enter(node, caller, next.token()).isEmpty());
    issuer.use(next);
    secrets.publish(List.of(next));
    secrets.bring();
    onEachNode("refuse the old key", node -> !enter(node, caller, former.token()).isEmpty());
  }

  /** Wraps the keys of all databases by a new master key, and removes keys that nothing needs. */
  void masterKey() {
    String keyset = Secrets.HOME + "/keyset.json";
    secrets.run("holdfast keys rotate " + keyset);
    secrets.bring();
    site.cluster().eventually("all databases to be of the new master key", this::isRewrapped);
    for (String line : shownKeys().split("\n", -1)) {
      if (line.endsWith("  unwraps only  0 databases")) {
        String unneeded = line.split(" ", -1)[0];
        LOG.info("{}", secrets.run("holdfast keys rotate --remove " + unneeded + " " + keyset));
      }
    }
    secrets.bring();
  }

  private String shownKeys() {
    String disks =
        nodes().stream()
            .map(node -> " --in " + Equipment.inTools(node.id()))
            .collect(Collectors.joining());
    return secrets.run("holdfast keys show %s/keyset.json%s".formatted(Secrets.HOME, disks));
  }

  /** Snapshots keep the key by which they were made. */
  private boolean isRewrapped() {
    boolean primary = false;
    boolean found = false;
    for (String line : shownKeys().split("\n", -1)) {
      if (!line.startsWith(" ")) {
        primary = line.contains("  primary  ");
      } else if (primary) {
        found = true;
      } else if (!line.contains("/snapshot")) {
        return false;
      }
    }
    return found;
  }

  /** The nodes do it by themselves when a key is old enough. */
  void dataKeys() {
    Map<String, Integer> before = dataKeyCounts();
    if (before.isEmpty()) {
      throw new AssertionError("nothing is encrypted");
    }
    site.cluster()
        .eventually(
            "every database to have another data key",
            () -> {
              Map<String, Integer> now = dataKeyCounts();
              return before.entrySet().stream()
                  .allMatch(each -> now.getOrDefault(each.getKey(), 99) > each.getValue());
            });
  }

  /** The number of keys that each open database has had. */
  private Map<String, Integer> dataKeyCounts() {
    String counting =
        """
        for file in $(find /disks -name keys.json -not -path '*/snapshot*'); do
          echo "$file $(grep -oE '"[0-9a-f]{32}"' "$file" | wc -l)"
        done
        """;
    Map<String, Integer> counts = new TreeMap<>();
    secrets
        .run(counting)
        .lines()
        .map(line -> line.split(" ", -1))
        .forEach(each -> counts.put(each[0], Integer.parseInt(each[1])));
    return counts;
  }

  /** A caller whose certificate is taken back is put out of each node, and never let in again. */
  void revokedClient() {
    String name = "mallory-" + site.random().nextInt(1_000_000);
    secrets.run("holdfast certs issue service " + name);
    secrets.bring();
    CallerIdentity mallory = secrets.identity("service." + name);
    List<ManagedChannel> open = new ArrayList<>();
    try {
      for (NodeContainer node : nodes()) {
        ManagedChannel channel =
            Grpc.newChannelBuilder(node.grpcAddress(), mallory.credentials()).build();
        open.add(channel);
        site.cluster()
            .eventually(name + " to be let in", () -> Newcomers.ask(channel, "").isEmpty());
      }
      secrets.run("holdfast certs revoke service/" + name);
      remove("service." + name);
      secrets.bring();
      for (ManagedChannel channel : open) {
        site.cluster()
            .eventually(name + " to be put out", () -> !Newcomers.ask(channel, "").isEmpty());
      }
      onEachNode("refuse " + name, node -> !enter(node, mallory, "").isEmpty());
    } finally {
      open.forEach(ManagedChannel::shutdownNow);
    }
  }

  /** Nobody new gets to a node whose certificate has ended, until it is renewed; others stay. */
  void expiredCertificate(NodeContainer node) {
    Issued issued = shortLived(node);
    secrets.put("certs/node." + node.id() + ".key", issued.key());
    secrets.put("certs/node." + node.id() + ".crt", issued.certificate());
    secrets.bring();
    awaitCertificates();
    site.cluster()
        .eventually(
            node.id() + " to be refused by new callers",
            () -> !enter(node, secrets.identity("service.newcomer"), "").isEmpty());
    site.cluster()
        .eventually(
            node.id() + " to say that its certificate expired",
            () -> node.health().contains("the certificate of this node expired"));
    secrets.run("holdfast certs renew node/" + node.id());
    secrets.bring();
    awaitCertificates();
    String refused = enter(node, secrets.identity("service.newcomer"), "");
    if (!refused.isEmpty()) {
      throw new AssertionError(node.id() + " refuses after the renewal: " + refused);
    }
  }

  private Issued shortLived(NodeContainer node) {
    try {
      X509Certificate own = certificate(secrets.here("certs/ca.crt"));
      String serial = own.getSerialNumber().toString(16).substring(0, 8);
      CertificateAuthority authority =
          CertificateAuthority.of(
              own, PemFiles.key(secrets.here("certs/ca-" + serial + ".key"), own));
      CertificateName name = CertificateName.node(Secrets.CLUSTER, node.id());
      Instant now = Instant.now();
      return authority.issue(new Request(name, List.of(), now, now.plus(SHORT_LIFE)));
    } catch (TlsFileException e) {
      throw new IllegalStateException(e);
    }
  }
}
