package dev.holdfast.aggregator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.testing.AggregatorSettings;
import dev.holdfast.aggregator.testing.RealStoreNode;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.view.Misreading;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.Position;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Known words in what an aggregator follows, and then a look at every byte that it and its store
 * node left on the disk: none with encryption, all without.
 */
final class CanaryIT {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final String reference = word();
  private final String ofParked = word();
  @TempDir private Path directory;

  private static String word() {
    SecureRandom random = new SecureRandom();
    return random
        .ints(20, 0, LETTERS.length())
        .mapToObj(i -> LETTERS.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private Set<String> words() {
    return new TreeSet<>(Set.of(reference, ofParked, "anonymous"));
  }

  @Test
  void shouldLeaveNoWordOnTheDiskWhenEncrypted() throws Exception {
    live(TestKeys.settings());

    assertThat(wordsIn("aggregator")).isEmpty();
    assertThat(wordsIn("node-a")).isEmpty();
  }

  @Test
  void shouldFindEveryWordWhenNotEncrypted() throws Exception {
    live(Map.of());

    assertThat(wordsIn("aggregator")).isEqualTo(words());
    assertThat(wordsIn("node-a")).isEqualTo(words());
  }

  /** Events, a parked one, a restart. */
  private void live(Map<String, String> encryption) throws Exception {
    Map<String, String> settings = new HashMap<>(encryption);
    settings.put("raft.election-timeout", "700ms");
    settings.put("cluster.partitions", "1");
    try (RealStoreNode node = new RealStoreNode(directory.resolve("node-a"), "c1", settings)) {
      try (AggregatorServer aggregator = start(node, encryption)) {
        node.create("berlin", "mug", 50);
        node.create("berlin", "cup", 50);
        Position sold = sell(node, "mug", reference);
        Position parked = sell(node, "cup", ofParked);
        assertThat(stock(aggregator, "mug", sold).getOnHand()).isEqualTo(49);
        assertThat(stock(aggregator, "cup", parked).getParkedChanges()).isEqualTo(1);
      }
      try (AggregatorServer aggregator = start(node, encryption)) {
        Position sold = sell(node, "mug", reference);
        assertThat(stock(aggregator, "mug", sold).getOnHand()).isEqualTo(48);
        assertThat(stock(aggregator, "cup").getParkedChanges()).isEqualTo(1);
      }
    }
  }

  private static StockLevel read(StockKey item, StockLevel level) {
    if (item.sku().equals("cup") && level.onHand() < 50) {
      throw new IllegalStateException("a bug");
    }
    return level;
  }

  private AggregatorServer start(RealStoreNode node, Map<String, String> encryption) {
    return AggregatorServer.start(
        AggregatorSettings.of(directory.resolve("aggregator"), node.port(), encryption),
        Misreading.of(CanaryIT::read));
  }

  private static Position sell(RealStoreNode node, String sku, String reference) {
    return node.client()
        .adjustStock(
            AdjustStockRequest.newBuilder()
                .setStore("berlin")
                .setSku(sku)
                .setDelta(-1)
                .setReason(AdjustmentReason.ADJUSTMENT_REASON_SALE)
                .setReference(reference)
                .build())
        .join()
        .getPosition();
  }

  private static GlobalStock stock(AggregatorServer aggregator, String sku, Position... at) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", aggregator.grpcPort()).usePlaintext().build();
    try {
      var request = GetGlobalStockRequest.newBuilder().setSku(sku).addAllWaitFor(List.of(at));
      return GlobalStockServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(40, TimeUnit.SECONDS)
          .getGlobalStock(request.build())
          .getStock();
    } finally {
      channel.shutdownNow();
    }
  }

  private Set<String> wordsIn(String node) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(directory.resolve(node))) {
      for (Path file : files.filter(Files::isRegularFile).filter(CanaryIT::isData).toList()) {
        String content = new String(Files.readAllBytes(file), ISO_8859_1);
        words().stream().filter(content::contains).forEach(found::add);
      }
    }
    return found;
  }

  /** Native code is no data, and is full of words. */
  private static boolean isData(Path file) {
    return !file.resolveSibling("").endsWith("native");
  }
}
