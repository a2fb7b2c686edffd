package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.NodeContainer;
import java.util.List;
import java.util.function.Consumer;

/** Certificates and keys that are replaced while the cluster serves. No caller may feel it. */
final class RotationFaults {
  private static final int SILENCE_SECONDS_MAX = 10;

  private RotationFaults() {}

  static List<Fault> all() {
    return List.of(
        calm(
            "rotate-node-certificates",
            "all nodes and callers get new certificates",
            Rotation::nodeCertificates),
        calm(
            "rotate-ca",
            "another authority takes over: both are trusted, then the new one alone",
            Rotation::authority),
        calm(
            "rotate-token-keys",
            "tokens are signed with another key, and the old one is taken back",
            Rotation::tokenKeys),
        calm(
            "rotate-master-key",
            "another master key wraps the keys of all databases",
            Rotation::masterKey),
        calm("rotate-data-keys", "all databases go over to new keys", Rotation::dataKeys),
        calm(
            "rotate-everything",
            "authority and certificates, token keys, master key and data keys, one after the other",
            RotationFaults::rotateEverything),
        calm(
            "revoked-client",
            "a caller's certificate is taken back while it is connected to all nodes",
            Rotation::revokedClient),
        fault(
            "expired-node-certificate",
            "a node's certificate ends, and is renewed after that",
            RotationFaults::expire));
  }

  private static void rotateEverything(Rotation rotation) {
    rotation.authority();
    rotation.tokenKeys();
    rotation.masterKey();
    rotation.dataKeys();
  }

  /** Those who connect meanwhile do not feel it either. */
  private static Fault calm(String name, String text, Consumer<Rotation> step) {
    return fault(
        name,
        text,
        site -> {
          Rotation rotation = new Rotation(site);
          rotation.newcomers(site.cluster().nodes()).during(() -> step.accept(rotation));
          return () -> {};
        });
  }

  private static Fault fault(String name, String text, Blow blow) {
    return new Fault(name, text, SILENCE_SECONDS_MAX, blow).in(Setting.SECURE).withoutBeingFelt();
  }

  /** New callers come to the other nodes only. */
  private static Blow.Healing expire(Site site) {
    NodeContainer node = site.oneOf(site.cluster().stores());
    site.tell(List.of(node));
    List<NodeContainer> others =
        site.cluster().nodes().stream().filter(each -> !each.id().equals(node.id())).toList();
    Rotation rotation = new Rotation(site);
    rotation.newcomers(others).during(() -> rotation.expiredCertificate(node));
    return () -> {};
  }
}
