package dev.holdfast.deploy.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.common.client.ClientSecurity;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.KeyException;
import dev.holdfast.common.crypt.KeysetVault;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.TlsFileException;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.deploy.cluster.Cluster;
import dev.holdfast.deploy.cluster.NodeContainer;
import dev.holdfast.deploy.cluster.ToolsContainer;
import dev.holdfast.deploy.cluster.Volume;
import dev.holdfast.deploy.replicas.ReplicaFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.images.builder.Transferable;

/**
 * The certificates, token keys and master keys of a cluster. The command line makes them in its
 * container, from where they are brought to the nodes; callers have theirs in a directory here.
 */
final class Secrets implements AutoCloseable {
  static final String CLUSTER = "holdfast";

  /** In the container of the command line. */
  static final String HOME = "/tmp/secrets";

  private static final String AT_NODE = "/etc/holdfast/secrets";
  private static final String GRANTS =
      """
      grants:
        user/admin: [{role: admin}]
        service/newcomer: [{role: viewer, stores: "*"}]
      """;

  /** Replaces the files that differ, each in one step. */
  private static final String BRING =
      """
      set -e
      put() {
        if [ -f "$2" ] && [ "$(<"$1")" = "$(<"$2")" ]; then return; fi
        cp "$1" "$2.new"; chmod 600 "$2.new"; chown 10001:10001 "$2.new"; mv "$2.new" "$2"
      }
      chown -R 10001:10001 %1$s
      for to in /secrets/*; do
        put %1$s/certs/node.${to##*/}.key $to/node.key
        put %1$s/certs/node.${to##*/}.crt $to/node.crt
        for file in certs/ca.crt certs/ca.crl access.yaml tokens.json keyset.json; do
          put %1$s/$file $to/${file##*/}
        done
      done
      """
          .formatted(HOME);

  private final Map<String, Volume> volumes = new LinkedHashMap<>();
  private final TokenIssuer issuer = new TokenIssuer();
  private final Path here;
  private @Nullable ToolsContainer tools;

  Secrets() {
    try {
      here = Files.createTempDirectory("secrets-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Secures a cluster; before its start. */
  void prepare(Cluster cluster) {
    cluster
        .withSecurity(this::drill)
        .withEach(this::give)
        .withTools(this::showTo)
        .beforeNodes(this::make);
  }

  private void give(NodeContainer node) {
    Volume volume = Volume.onDisk();
    volume.make();
    volumes.put(node.id(), volume);
    volume.mountAt(AT_NODE, node);
    Map.of(
            "SECURITY_MODE", "tls",
            "SECURITY_CLUSTER", CLUSTER,
            "SECURITY_CERTIFICATE", AT_NODE + "/node.crt",
            "SECURITY_KEY", AT_NODE + "/node.key",
            "SECURITY_AUTHORITIES", AT_NODE + "/ca.crt",
            "SECURITY_REVOKED", AT_NODE + "/ca.crl",
            "SECURITY_ACCESS", AT_NODE + "/access.yaml")
        .forEach((key, value) -> node.withEnv("HOLDFAST_" + key, value));
    Map.of(
            "SECURITY_TOKENS_KEYS",
            AT_NODE + "/tokens.json",
            "SECURITY_TOKENS_ISSUER",
            TokenIssuer.NAME,
            "SECURITY_TOKENS_KEYS_REFRESH",
            "10s",
            "ENCRYPTION_ENABLED",
            "true",
            "ENCRYPTION_KEYSET",
            AT_NODE + "/keyset.json",
            "ENCRYPTION_DATA_KEY_AGE",
            "5s")
        .forEach((key, value) -> node.withEnv("HOLDFAST_" + key, value));
  }

  private void showTo(ToolsContainer container) {
    volumes.forEach((node, volume) -> volume.mountAt("/secrets/" + node, container));
    container.withEnv("HOLDFAST_CERTS", HOME + "/certs");
  }

  private void make(ToolsContainer container) {
    tools = container;
    run(
        """
        mkdir -m 700 %1$s
        holdfast certs init --cluster %2$s --node %3$s
        holdfast certs issue service drill
        holdfast certs issue service newcomer
        holdfast keys init %1$s/keyset.json
        """
            .formatted(HOME, CLUSTER, String.join(",", volumes.keySet())));
    put("access.yaml", GRANTS);
    publish(List.of(issuer.key()));
    bring();
  }

  /** Runs commands where everything is made; tells what they printed. */
  String run(String script) {
    return tools().shell("set -e\n" + script).outOrFail();
  }

  /** Puts a file where everything is made. */
  void put(String name, String content) {
    tools().copyFileToContainer(Transferable.of(content.getBytes(UTF_8)), HOME + "/" + name);
  }

  /** Lets the issuer of tokens publish these keys, once they are brought. */
  void publish(List<TokenIssuer.Key> keys) {
    put("tokens.json", TokenIssuer.published(keys));
  }

  /** Brings what changed to the nodes, and to the callers here. */
  void bring() {
    tools().rootShell(BRING).outOrFail();
    try {
      Path copy = Files.createTempDirectory(here, "copy-");
      Path made = ReplicaFiles.copy(tools(), HOME, copy);
      for (Path file : files(made)) {
        Path own = here.resolve(made.relativize(file));
        Files.createDirectories(own.getParent());
        if (!Files.exists(own) || Files.mismatch(file, own) >= 0) {
          Files.move(file, own, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      delete(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  TokenIssuer issuer() {
    return issuer;
  }

  /** Where callers here have a file. */
  Path here(String file) {
    return here.resolve(file);
  }

  /** The drill: it shows a certificate, and a bearer token. */
  ClientSecurity drill() {
    return new ClientSecurity(identity("service.drill"), issuer::token);
  }

  /** A caller with a certificate of this file's name. */
  CallerIdentity identity(String name) {
    Path certs = here.resolve("certs");
    TlsFiles files =
        new TlsFiles(
            certs.resolve(name + ".crt"),
            certs.resolve(name + ".key"),
            certs.resolve("ca.crt"),
            certs.resolve("ca.crl"));
    try {
      return CallerIdentity.load(files, CLUSTER);
    } catch (TlsFileException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads what the nodes encrypted. */
  Encryption encryption() {
    try {
      return Encryption.readingBy(KeysetVault.open(here.resolve("keyset.json")));
    } catch (KeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private ToolsContainer tools() {
    return Objects.requireNonNull(tools, "nothing is made yet");
  }

  @Override
  public void close() {
    volumes.values().forEach(Volume::close);
    try {
      delete(here);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
