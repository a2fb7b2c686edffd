package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;

/** The precondition on an item's version. */
final class Versions {
  private Versions() {}

  static @Nullable Rejection check(String sku, long expected, StockLevel level) {
    if (expected == Command.ANY_VERSION || expected == level.version()) {
      return null;
    }
    return Rejection.versionConflict(sku, expected, level.version());
  }
}
