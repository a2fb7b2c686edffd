package dev.holdfast.cli.imports;

import dev.holdfast.common.config.NodeArguments;
import dev.holdfast.store.StoreServer;
import dev.holdfast.store.config.StoreNodeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster of one store node with all its parts. */
public final class RealNode implements AutoCloseable {
  private final List<Integer> ports = freePorts();
  private final StoreServer server;

  public RealNode(Path directory) {
    Map<String, String> all = new HashMap<>();
    all.put("holdfast.node.id", "node-a");
    all.put("holdfast.node.data-dir", directory.toString());
    all.put("holdfast.cluster.id", "exports");
    all.put("holdfast.cluster.bootstrap", "true");
    all.put("holdfast.cluster.partitions", "2");
    all.put("holdfast.cluster.nodes", "node-a=" + address() + "/127.0.0.1:" + ports.get(1));
    all.put("holdfast.http.port", Integer.toString(ports.get(2)));
    all.put("holdfast.storage.free-bytes-min", "1MiB");
    all.put("holdfast.security.mode", "off");
    var arguments = new NodeArguments(Optional.empty(), all, false, false);
    server = StoreServer.start(StoreNodeConfig.loader().load(arguments, Map.of()));
  }

  public String address() {
    return "127.0.0.1:" + ports.get(0);
  }

  private static List<Integer> freePorts() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket two = new ServerSocket(0, 1, loopback);
        ServerSocket three = new ServerSocket(0, 1, loopback)) {
      return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
