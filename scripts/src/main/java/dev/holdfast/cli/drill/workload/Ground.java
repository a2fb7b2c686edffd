package dev.holdfast.cli.drill.workload;

import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The part of an inventory that requests are about.
 *
 * @param prefix of all idempotency keys and ids, so that they are nobody else's
 * @param stores the first is the source of transfers
 * @param pace factor of all short times; 1 where a call takes less than a millisecond
 * @param lastingTtlMillis of reservations that are not to expire; 0 leaves it to the node
 */
public record Ground(
    String prefix, List<String> stores, List<String> skus, int pace, long lastingTtlMillis) {
  private static final List<String> SKUS = List.of("tea", "ice");

  public Ground {
    stores = List.copyOf(stores);
    skus = List.copyOf(skus);
  }

  /** Two items in each of some stores, of an inventory that is nobody else's. */
  public static Ground of(List<String> stores) {
    return new Ground("", stores, SKUS, 1, 0);
  }

  /**
   * Creates all items.
   *
   * @param keys idempotency keys
   */
  public List<Message> opening(Supplier<String> keys) {
    List<Message> opening = new ArrayList<>();
    for (String store : stores) {
      for (String sku : skus) {
        opening.add(
            CreateItemRequest.newBuilder()
                .setStore(store)
                .setSku(sku)
                .setInitialQuantity(10)
                .setIdempotencyKey(keys.get())
                .build());
      }
    }
    return opening;
  }

  /** Reads all items. */
  public List<Message> closing() {
    List<Message> reads = new ArrayList<>();
    for (String store : stores) {
      for (String sku : skus) {
        reads.add(GetStockRequest.newBuilder().setStore(store).setSku(sku).build());
      }
    }
    return reads;
  }
}
