package dev.holdfast.deploy;

import dev.holdfast.common.client.TransferClient;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.Transfer;
import dev.holdfast.proto.inventory.v1.TransferLine;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Transfers in all directions between stores of three partitions. Most arrive; some are cancelled,
 * some stay on their way. One seed is one storm.
 */
final class TransferStorm {
  /** One in each of three partitions. */
  static final List<String> STORES =
      IntStream.range(0, 3).mapToObj(TransferStorm::storeIn).toList();

  static final String SKU = "TEA-1";
  static final long OPENING = 10_000;
  static final long SEED = 20_261_122;

  private static final int TRANSFERS = 60;
  private static final int UNITS_MAX = 9;
  private static final int FATES = 6;

  private final Random random = new Random(SEED);
  private final List<CompletableFuture<?>> calls = new ArrayList<>();
  private @Nullable TransferClient client;
  private int started;

  /** Goes on with this client. */
  TransferStorm by(TransferClient other) {
    client = other;
    return this;
  }

  private TransferClient transfers() {
    return Objects.requireNonNull(client, "no client yet");
  }

  private static String storeIn(int partition) {
    PartitionMap partitions = new PartitionMap(3, Map.of());
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "store-" + i)
        .filter(store -> partitions.partitionOf(store) == partition)
        .findFirst()
        .orElseThrow();
  }

  /** Starts transfers, and waits for none. */
  void blow() {
    for (int i = 0; i < TRANSFERS; i++) {
      calls.add(transfer("t-" + started++));
    }
  }

  /** Until all that was started is answered; fails when something was refused. */
  void calm() {
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    calls.clear();
  }

  private CompletableFuture<?> transfer(String id) {
    int source = random.nextInt(STORES.size());
    int destination = (source + 1 + random.nextInt(STORES.size() - 1)) % STORES.size();
    String from = STORES.get(source);
    ShipTransferRequest shipment =
        ShipTransferRequest.newBuilder()
            .setStore(from)
            .setDestination(STORES.get(destination))
            .setTransferId(id)
            .addLines(
                TransferUnits.newBuilder().setSku(SKU).setQuantity(1 + random.nextInt(UNITS_MAX)))
            .build();
    int fate = random.nextInt(FATES);
    return transfers().ship(shipment).thenCompose(shipped -> goOn(from, id, fate));
  }

  private CompletableFuture<?> goOn(String from, String id, int fate) {
    return switch (fate) {
      case 0 ->
          transfers()
              .cancel(CancelTransferRequest.newBuilder().setStore(from).setTransferId(id).build());
      case 1 -> CompletableFuture.completedFuture(null);
      default ->
          transfers()
              .receive(
                  ReceiveTransferRequest.newBuilder().setStore(from).setTransferId(id).build());
    };
  }

  /** Units that are handed over and not acknowledged. */
  long arriving() {
    return units(TransferLine::getArriving);
  }

  long inTransit() {
    return units(line -> line.getArriving() + line.getOutstanding());
  }

  private long units(ToLongFunction<TransferLine> units) {
    return transfers()
        .list(ListTransfersRequest.getDefaultInstance())
        .join()
        .getTransfersList()
        .stream()
        .map(Transfer::getLinesList)
        .flatMap(List::stream)
        .mapToLong(units)
        .sum();
  }

  /** What stock as CSV says is on hand. */
  static long onHand(String stock) {
    return stock.lines().skip(1).mapToLong(row -> Long.parseLong(row.split(",", -1)[2])).sum();
  }
}
