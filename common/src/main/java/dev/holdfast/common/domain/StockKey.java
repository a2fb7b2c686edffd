package dev.holdfast.common.domain;

/** One SKU in one store. */
public record StockKey(String store, String sku) {
  private static final int SPREAD = 0x9E3779B1;

  /** Numbered stores and SKUs collide by the thousand in the hash that records come with. */
  @Override
  public int hashCode() {
    return store.hashCode() * SPREAD + sku.hashCode();
  }
}
