package dev.holdfast.deploy.faults;

import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Callers beside those of a drill, in stores of their own, each with one call in flight. */
final class Overload implements AutoCloseable {
  private static final Duration BUDGET = Duration.ofSeconds(2);
  private static final int STORES = 12;
  private static final String SKU = "overload";

  private final HoldfastClient client;
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean enough;

  private Overload(HoldfastClient client) {
    this.client = client;
  }

  static Overload start(List<String> endpoints, int count) {
    ClientSettings settings = ClientSettings.at(endpoints).withoutLeaderRouting();
    Overload overload =
        new Overload(HoldfastClient.connect(settings.withCallTimeout(BUDGET).withBudget(BUDGET)));
    for (int i = 0; i < count; i++) {
      String store = "overload-" + i % STORES;
      overload.callers.add(new Thread(() -> overload.call(store), "overload " + i));
    }
    overload.callers.forEach(Thread::start);
    return overload;
  }

  private void call(String store) {
    CreateItemRequest creation = CreateItemRequest.newBuilder().setStore(store).setSku(SKU).build();
    attempt(() -> client.createItem(creation).join());
    AdjustStockRequest arrival =
        AdjustStockRequest.newBuilder()
            .setStore(store)
            .setSku(SKU)
            .setDelta(1)
            .setReason(AdjustmentReason.ADJUSTMENT_REASON_RECEIVE)
            .build();
    while (!enough) {
      attempt(() -> client.adjustStock(arrival).join());
    }
  }

  private static void attempt(Runnable call) {
    try {
      call.run();
    } catch (CompletionException refused) {
      return; // that is what an overload is for
    }
  }

  @Override
  public void close() {
    enough = true;
    try {
      for (Thread caller : callers) {
        caller.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
