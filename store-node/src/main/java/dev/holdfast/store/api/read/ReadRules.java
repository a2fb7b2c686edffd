package dev.holdfast.store.api.read;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.ReadOptions;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** Rules that reads share. */
public final class ReadRules {
  private ReadRules() {}

  /** The key that the page before ended with; null for the first page, or with a violation. */
  public static @Nullable StockKey pageToken(FieldRules rules, String token) {
    StockKey behind = token.isEmpty() ? null : PageToken.parse(token);
    if (behind == null && !token.isEmpty()) {
      rules.violate("page_token", "must be empty or a next_page_token of this call");
    }
    return behind;
  }

  /** Whether the call was ended because a field is malformed. */
  public static boolean refuse(FieldRules rules, ReadOptions options, StreamObserver<?> caller) {
    if (options.hasMaxStalenessMillis()) {
      rules.maxStaleness("read.max_staleness_millis", options.getMaxStalenessMillis());
    }
    if (rules.isValid()) {
      return false;
    }
    caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
    return true;
  }
}
