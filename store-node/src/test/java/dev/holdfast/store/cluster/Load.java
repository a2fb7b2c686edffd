package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.reservation;

import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Callers that each do one thing after the other until they are stopped: adjust stock, or hold some
 * and then sell it or give it back. Every call has an idempotency key, and what became of it is
 * noted.
 */
final class Load implements AutoCloseable {
  static final int SKUS = 4;
  static final String KEY_PREFIX = "load-";
  private static final int BUSY_PERCENT = 70;

  private final HoldfastClient client;
  private final List<Thread> callers = new ArrayList<>();
  private final Map<String, Position> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, HoldfastException> failed = new ConcurrentHashMap<>();
  private final Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
  private final AtomicLong busyDone = new AtomicLong();
  private volatile boolean stopping;

  Load(HoldfastClient client) {
    this.client = client;
  }

  Load start(int threads, long seed) {
    for (int i = 0; i < threads; i++) {
      Random random = new Random(seed + i);
      String name = KEY_PREFIX + seed + "-" + i;
      Thread thread = new Thread(() -> run(name, random), name);
      callers.add(thread);
      thread.start();
    }
    return this;
  }

  private void run(String name, Random random) {
    try {
      for (int step = 0; !stopping; step++) {
        step(name + "-" + step, random);
      }
    } catch (RuntimeException | Error e) {
      broken.add(e);
    }
  }

  private void step(String key, Random random) {
    int partition = random.nextInt(100) < BUSY_PERCENT ? 0 : 1 + random.nextInt(2);
    String store = TestCluster.store(partition, random.nextInt(2));
    String sku = "sku-" + random.nextInt(SKUS);
    if (random.nextBoolean()) {
      long delta = random.nextInt(9) - 4L;
      adjust(key, store, sku, delta == 0 ? 5 : delta);
    } else {
      sell(key, store, sku, random);
    }
    if (partition == 0) {
      busyDone.incrementAndGet();
    }
  }

  private void adjust(String key, String store, String sku, long delta) {
    var request = adjustment(store, sku, delta).setIdempotencyKey(key).build();
    note(key, client.adjustStock(request).thenApply(response -> response.getPosition()));
  }

  private void sell(String key, String store, String sku, Random random) {
    var request =
        reservation(store, key, sku, 1 + random.nextInt(3))
            .setIdempotencyKey(key + "-hold")
            .build();
    if (!note(key + "-hold", client.reserve(request).thenApply(ReserveResponse::getPosition))) {
      return;
    }
    if (random.nextBoolean()) {
      confirm(store, key);
    } else {
      release(store, key);
    }
  }

  private void confirm(String store, String reservation) {
    String key = reservation + "-sell";
    var request =
        ConfirmReservationRequest.newBuilder()
            .setStore(store)
            .setReservationId(reservation)
            .setIdempotencyKey(key)
            .build();
    note(key, client.confirmReservation(request).thenApply(response -> response.getPosition()));
  }

  private void release(String store, String reservation) {
    String key = reservation + "-back";
    var request =
        ReleaseReservationRequest.newBuilder()
            .setStore(store)
            .setReservationId(reservation)
            .setIdempotencyKey(key)
            .build();
    note(key, client.releaseReservation(request).thenApply(response -> response.getPosition()));
  }

  private boolean note(String key, CompletableFuture<Position> call) {
    try {
      acknowledged.put(key, call.join());
      return true;
    } catch (RuntimeException e) {
      failed.put(key, HoldfastException.from(e));
      return false;
    }
  }

  /** Steps done in the busiest partition. */
  long busyDone() {
    return busyDone.get();
  }

  /** Where in the log each acknowledged call stands, by key. */
  Map<String, Position> acknowledged() {
    return acknowledged;
  }

  /** What the others were told, by key. */
  Map<String, HoldfastException> failed() {
    return failed;
  }

  Queue<Throwable> broken() {
    return broken;
  }

  /** Lets every caller finish what it is at. */
  @Override
  public void close() {
    stopping = true;
    for (Thread caller : callers) {
      try {
        caller.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
