package dev.holdfast.cli.bench;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.FailedException;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The items under load: one store per partition, the SKUs spread evenly over the stores. They open
 * with so much stock that no call is ever refused.
 */
final class Items {
  /** Commands of a batch. */
  static final int BATCH = 100;

  /** Operations of an order. */
  static final int ORDER = 1_000;

  private static final long OPENING = 1_000_000_000L;
  private static final int CREATE_BATCH = 1_000;
  private static final int STORES_TRIED_MAX = 10_000;

  private final List<String> stores;
  private final String[] skus;

  private Items(List<String> stores, int count) {
    this.stores = stores;
    skus = new String[count];
    for (int i = 0; i < count; i++) {
      skus[i] = "sku-" + (1_000_000 + i);
    }
  }

  /** Chooses stores that lie in all partitions. The client knows the topology. */
  static Items over(HoldfastClient client, int partitions, int count) {
    List<String> stores = new ArrayList<>();
    for (int i = 0; stores.size() < partitions && i < STORES_TRIED_MAX; i++) {
      if (client.partitionOf("bench-" + i) == stores.size()) {
        stores.add("bench-" + i);
      }
    }
    return new Items(stores, count);
  }

  int count() {
    return skus.length;
  }

  String store(int item) {
    return stores.get(item % stores.size());
  }

  String sku(int item) {
    return skus[item];
  }

  /** A random item in the store of a given one. */
  int inSameStore(int item, SplittableRandom random) {
    int stride = stores.size();
    int store = item % stride;
    int inStore = (count() - store + stride - 1) / stride;
    return store + stride * random.nextInt(inStore);
  }

  /** Creates the items that do not exist yet. */
  void create(HoldfastClient client) {
    for (int from = 0; from < count(); from += CREATE_BATCH) {
      SubmitBatchRequest.Builder request = SubmitBatchRequest.newBuilder();
      for (int item = from; item < Math.min(count(), from + CREATE_BATCH); item++) {
        request.addCommands(Command.newBuilder().setCreateItem(creation(item)));
      }
      Await.answer(client.submitBatch(request.build())).getOutcomesList().forEach(Items::check);
    }
  }

  private CreateItemRequest creation(int item) {
    return CreateItemRequest.newBuilder()
        .setStore(store(item))
        .setSku(sku(item))
        .setInitialQuantity(OPENING)
        .build();
  }

  private static void check(CommandOutcome outcome) {
    if (outcome.hasError()) {
      HoldfastException failure = HoldfastException.of(outcome.getError());
      if (failure.reason() != Reason.ITEM_EXISTS) {
        throw new FailedException("an item could not be created: " + failure.getMessage(), failure);
      }
    }
  }
}
