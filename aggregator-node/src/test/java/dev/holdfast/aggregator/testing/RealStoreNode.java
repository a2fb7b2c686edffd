package dev.holdfast.aggregator.testing;

import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.config.NodeArguments;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.store.StoreServer;
import dev.holdfast.store.config.StoreNodeConfig;
import dev.holdfast.store.state.db.AppliedState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A cluster of one store node with all its parts: Raft, RocksDB, feed, exports. */
public final class RealStoreNode implements AutoCloseable {
  private static final int PORTS_FIRST = 15_000;
  private static final int PORTS_END = 32_000;

  private final int port = freePort();
  private final int raftPort = freePort();
  private final int httpPort = freePort();
  private final StoreServer server;
  private final HoldfastClient client;

  /**
   * @param settings without their prefix {@code holdfast.}
   */
  public RealStoreNode(Path directory, String clusterId, Map<String, String> settings) {
    this(directory, clusterId, settings, null);
  }

  /**
   * With TLS.
   *
   * @param settings without their prefix {@code holdfast.}
   * @param caller of the client; null in the clear
   */
  public RealStoreNode(
      Path directory,
      String clusterId,
      Map<String, String> settings,
      @Nullable CallerIdentity caller) {
    Map<String, String> all = new HashMap<>();
    all.put("holdfast.node.id", "node-a");
    all.put("holdfast.node.data-dir", directory.toString());
    all.put("holdfast.cluster.id", clusterId);
    all.put("holdfast.cluster.bootstrap", "true");
    all.put("holdfast.cluster.nodes", "node-a=" + address() + "/127.0.0.1:" + raftPort);
    all.put("holdfast.http.port", Integer.toString(httpPort));
    all.put("holdfast.storage.free-bytes-min", "1MiB");
    all.put("holdfast.security.mode", "off");
    settings.forEach((key, value) -> all.put("holdfast." + key, value));
    var arguments = new NodeArguments(Optional.empty(), all, false, false);
    server = StoreServer.start(StoreNodeConfig.loader().load(arguments, Map.of()));
    ClientSettings calls = ClientSettings.at(List.of(address())).withBudget(Duration.ofSeconds(40));
    client = HoldfastClient.connect(caller == null ? calls : calls.withTls(caller));
  }

  /** Below those that the system gives to outgoing connections. */
  private static int freePort() {
    int port = ThreadLocalRandom.current().nextInt(PORTS_FIRST, PORTS_END);
    return isFree(port) ? port : freePort();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  public int raftPort() {
    return raftPort;
  }

  public int httpPort() {
    return httpPort;
  }

  /** A client of this node; closed with it. */
  public HoldfastClient client() {
    return client;
  }

  private String address() {
    return "127.0.0.1:" + port;
  }

  /**
   * What its first partition holds: the end of its log, how many receipts, a digest of its stock.
   */
  public String contents() {
    AppliedState applied = server.partitions().get(0).state().applied();
    return "sequence %d, hash %s, %d receipts, %s"
        .formatted(
            applied.sequence(),
            HexFormat.of().formatHex(applied.batchHash()),
            applied.receiptsCount(),
            applied.digests().current());
  }

  /** Makes an item; returns when that is committed. */
  public Position create(String store, String sku, long quantity) {
    return client
        .createItem(
            CreateItemRequest.newBuilder()
                .setStore(store)
                .setSku(sku)
                .setInitialQuantity(quantity)
                .build())
        .join()
        .getPosition();
  }

  /** Sells from an item; returns when that is committed. */
  public Position sell(String store, String sku, long quantity) {
    return client
        .adjustStock(
            AdjustStockRequest.newBuilder()
                .setStore(store)
                .setSku(sku)
                .setDelta(-quantity)
                .setReason(AdjustmentReason.ADJUSTMENT_REASON_SALE)
                .build())
        .join()
        .getPosition();
  }

  /** Keeps units of an item from reservations. */
  public Position keep(String store, String sku, long quantity) {
    return client
        .terms()
        .setSafetyStock(
            SetSafetyStockRequest.newBuilder()
                .setStore(store)
                .setSku(sku)
                .setQuantity(quantity)
                .build())
        .join()
        .getPosition();
  }

  /** Freezes a store, or ends that. */
  public Position freeze(String store, boolean frozen) {
    return client
        .terms()
        .setStoreFrozen(
            SetStoreFrozenRequest.newBuilder().setStore(store).setFrozen(frozen).build())
        .join()
        .getPosition();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
