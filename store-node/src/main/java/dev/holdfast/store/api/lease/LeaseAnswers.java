package dev.holdfast.store.api.lease;

import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.StockKey;

/** Leases to answers. */
public final class LeaseAnswers {
  private LeaseAnswers() {}

  public static dev.holdfast.proto.inventory.v1.Lease of(StockKey item, Lease lease) {
    return dev.holdfast.proto.inventory.v1.Lease.newBuilder()
        .setStore(item.store())
        .setSku(item.sku())
        .setHolder(lease.holder())
        .setToken(lease.token())
        .setExpiresMillis(lease.expiresMillis())
        .build();
  }
}
