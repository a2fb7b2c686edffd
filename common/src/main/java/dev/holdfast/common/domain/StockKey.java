package dev.holdfast.common.domain;

/** One SKU in one store. */
public record StockKey(String store, String sku) {
  private static final int SPREAD = 0x9E3779B1;

  /** Numbered stores and SKUs collide by the thousand in the hash that records come with. */
  @Override
  public int hashCode() {
    return store.hashCode() * SPREAD + sku.hashCode();
  }

  /** The one that records come with is several times slower where keys are compared most. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StockKey key && sku.equals(key.sku) && store.equals(key.store);
  }
}
