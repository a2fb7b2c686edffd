package dev.holdfast.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import dev.holdfast.aggregator.testing.AggregatorSettings;
import dev.holdfast.aggregator.testing.Misbehaviour;
import dev.holdfast.aggregator.testing.RawGrpc;
import dev.holdfast.aggregator.testing.RealStoreNode;
import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Twenty callers that misbehave at each port of a store node and of an aggregator, and what others
 * see of it. The system property {@code misbehave.seconds} says for how long.
 */
@Timeout(600)
class MisbehavingCallersIT {
  private static final Logger LOG = LoggerFactory.getLogger(MisbehavingCallersIT.class);
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("misbehave.seconds", 20));
  private static final int OF_EACH_KIND = 4;
  private static final int ITEMS = 4_000;
  private static final Duration CALM = Duration.ofSeconds(5);

  /** Below it, a machine that has other things to do decides. */
  private static final Duration P99_FLOOR = Duration.ofMillis(500);

  @TempDir private Path directory;
  private final List<AutoCloseable> closing = new ArrayList<>();
  private final AtomicLong directBytesMost = new AtomicLong();

  @AfterEach
  void stop() throws Exception {
    for (int last = closing.size() - 1; last >= 0; last--) {
      closing.get(last).close();
    }
  }

  @Test
  void shouldServeOthersWhileCallersMisbehave() throws Exception {
    RealStoreNode node = closing(new RealStoreNode(directory.resolve("node-a"), "c1", Map.of()));
    AggregatorServer aggregator = closing(aggregator(node.port()));
    fill(node);
    GlobalViewClient view = closing(view(aggregator));
    Callable<?> sell = () -> node.client().adjustStock(sale()).join();
    Callable<?> look = () -> view.get(item()).join();
    for (int i = 0; i < 200; i++) { // warm
      sell.call();
      look.call();
    }
    Observed calm = observe(CALM, node, aggregator, sell, look);

    List<Misbehaviour> callers = misbehave(node, aggregator);
    Observed disturbed = observe(TIME, node, aggregator, sell, look);
    for (Misbehaviour each : callers) {
      each.close();
    }

    LOG.info("calm: {}; disturbed: {}; direct bytes {}", calm, disturbed, directBytesMost);
    assertThat(disturbed.nodeHealthMost()).isLessThan(Duration.ofSeconds(1));
    assertThat(disturbed.viewHealthMost()).isLessThan(Duration.ofSeconds(1));
    assertThat(disturbed.sellingP99()).isLessThan(bound(calm.sellingP99()));
    assertThat(disturbed.lookingP99()).isLessThan(bound(calm.lookingP99()));
    assertThat(directBytesMost.get()).isLessThan(Runtime.getRuntime().maxMemory() * 3 / 4);
  }

  private static Duration bound(Duration calm) {
    Duration twice = calm.multipliedBy(2);
    return twice.compareTo(P99_FLOOR) > 0 ? twice : P99_FLOOR;
  }

  private record Observed(
      Duration sellingP99, Duration lookingP99, Duration nodeHealthMost, Duration viewHealthMost) {}

  /** Any call that fails ends the test. */
  private Observed observe(
      Duration time,
      RealStoreNode node,
      AggregatorServer aggregator,
      Callable<?> sell,
      Callable<?> look) {
    long end = System.nanoTime() + time.toNanos();
    CompletableFuture<long[]> selling = repeat(sell, 2, end);
    CompletableFuture<long[]> looking = repeat(look, 2, end);
    CompletableFuture<long[]> ofNode = repeat(() -> askHealth(node.httpPort()), 100, end);
    CompletableFuture<long[]> ofView =
        repeat(
            () -> {
              directBytesMost.accumulateAndGet(PlatformDependent.usedDirectMemory(), Math::max);
              return askHealth(aggregator.httpPort());
            },
            100,
            end);
    return new Observed(
        at(0.99, selling.join()),
        at(0.99, looking.join()),
        at(1, ofNode.join()),
        at(1, ofView.join()));
  }

  private static CompletableFuture<long[]> repeat(Callable<?> call, long pauseMillis, long end) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<Long> nanos = new ArrayList<>();
          while (System.nanoTime() < end) {
            nanos.add(timed(call));
            pause(pauseMillis);
          }
          return nanos.stream().mapToLong(Long::longValue).toArray();
        },
        task -> new Thread(task, "other-caller").start());
  }

  private static long timed(Callable<?> call) {
    long start = System.nanoTime();
    try {
      var unused = call.call();
    } catch (Exception e) {
      throw new IllegalStateException("a call of somebody who behaves failed", e);
    }
    return System.nanoTime() - start;
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis); // the pace of a caller, not a wait for anything
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration at(double part, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[(int) Math.ceil(part * sorted.length) - 1]);
  }

  /** Each time on a connection of its own, as a probe does. */
  private static String askHealth(int port) throws IOException {
    try (Socket probe = new Socket()) {
      probe.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      probe.getOutputStream().write(http("/api/health"));
      String status = new String(probe.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(status).isEqualTo("HTTP/1.1 200");
      return status;
    }
  }

  private List<Misbehaviour> misbehave(RealStoreNode node, AggregatorServer aggregator) {
    var list = ListStockRequest.newBuilder().setStore("oslo").setPageSize(1_000).build();
    var all = ListGlobalStockRequest.newBuilder().setPageSize(1_000).build();
    byte[] raft = new byte[64];
    Arrays.fill(raft, (byte) 1);
    var one = GetStockRequest.newBuilder().setStore("oslo").setSku(sku(8)).build();
    IntFunction<byte[]> garbage = n -> raft;
    return List.of(
        start(
            node.port(),
            RawGrpc.opening(),
            n -> grpc(InventoryServiceGrpc.getListStockMethod(), list, n),
            n -> grpc(InventoryServiceGrpc.getGetStockMethod(), one, n)),
        start(node.httpPort(), new byte[0], n -> http("/metrics"), n -> http("/api/health")),
        start(node.raftPort(), new byte[0], garbage, garbage),
        start(
            aggregator.grpcPort(),
            RawGrpc.opening(),
            n -> grpc(GlobalStockServiceGrpc.getListGlobalStockMethod(), all, n),
            n -> grpc(GlobalStockServiceGrpc.getGetGlobalStockMethod(), item(), n)),
        start(
            aggregator.httpPort(),
            new byte[0],
            n -> http("/api/global?page_size=1000"),
            n -> http("/api/health")));
  }

  private Misbehaviour start(
      int port, byte[] opening, IntFunction<byte[]> large, IntFunction<byte[]> small) {
    return closing(new Misbehaviour(port, opening, large, small)).start(OF_EACH_KIND);
  }

  private static byte[] grpc(MethodDescriptor<?, ?> method, MessageLite request, int number) {
    return RawGrpc.call(method.getFullMethodName(), request, number);
  }

  private static byte[] http(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static AdjustStockRequest sale() {
    return AdjustStockRequest.newBuilder()
        .setStore("oslo")
        .setSku(sku(7))
        .setDelta(-1)
        .setReason(AdjustmentReason.ADJUSTMENT_REASON_SALE)
        .build();
  }

  private static GetGlobalStockRequest item() {
    return GetGlobalStockRequest.newBuilder().setSku(sku(7)).build();
  }

  private static String sku(int number) {
    return "a-sku-with-a-name-that-is-as-long-as-names-may-be-" + (10_000 + number);
  }

  private static void fill(RealStoreNode node) {
    SubmitBatchRequest.Builder batch = SubmitBatchRequest.newBuilder();
    for (int i = 0; i < ITEMS; i++) {
      var create =
          CreateItemRequest.newBuilder()
              .setStore("oslo")
              .setSku(sku(i))
              .setInitialQuantity(9_999_999);
      batch.addCommands(Command.newBuilder().setCreateItem(create));
    }
    assertThat(node.client().submitBatch(batch.build()).join().getOutcomesList())
        .allMatch(outcome -> outcome.hasAccepted());
  }

  private static GlobalViewClient view(AggregatorServer aggregator) {
    return GlobalViewClient.connect(
        ClientSettings.at(List.of("127.0.0.1:" + aggregator.grpcPort()))
            .withBudget(Duration.ofSeconds(30)));
  }

  private AggregatorServer aggregator(int nodePort) {
    return AggregatorServer.start(AggregatorSettings.of(directory.resolve("aggregator"), nodePort));
  }

  private <T extends AutoCloseable> T closing(T part) {
    closing.add(part);
    return part;
  }
}
