package dev.holdfast.store.api.call;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * Everything that mapping a request needs besides the request. Violations go into the rules, one
 * instance a call; a mapped command counts only when the rules found none.
 *
 * @param origin of the call
 * @param logMillis the log time of the partition that a store is in
 * @param inBatch whether the request is one of several of a call
 */
public record MappingContext(
    Origin origin,
    FieldRules rules,
    HoldLimits limits,
    ToLongFunction<String> logMillis,
    boolean inBatch) {
  public StockKey item(String store, String sku) {
    rules.id("store", store);
    rules.id("sku", sku);
    return new StockKey(store, sku);
  }

  public long version(boolean given, long version) {
    if (!given) {
      return Command.ANY_VERSION;
    }
    rules.expectedVersion("expected_version", version);
    return version;
  }

  /**
   * An id for whatever the caller left without one. Chance enters here, before the command is
   * decided, from a source of 122 bits: one that is seeded with 64 would be as good as 64, whatever
   * the length of the id.
   */
  public static String newId() {
    return UUID.randomUUID().toString();
  }
}
