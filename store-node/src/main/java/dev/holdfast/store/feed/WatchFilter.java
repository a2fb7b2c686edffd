package dev.holdfast.store.feed;

import dev.holdfast.common.access.Caller;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.log.v1.EventKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * Selects the events that a watcher wants.
 *
 * @param stores empty for all
 * @param kinds never empty
 * @param reader who sees events of some stores only, as long as it may
 */
record WatchFilter(Set<String> stores, String skuPrefix, Set<EventKind> kinds, Caller reader) {
  static final int STORES_MAX = 100;

  /** What nobody wants to see who does not ask for it. */
  private static final Set<EventKind> HOUSEKEEPING =
      EnumSet.of(EventKind.EVENT_KIND_RECEIPTS_EVICTED, EventKind.EVENT_KIND_STATE_DIGEST_RECORDED);

  private static final Set<EventKind> NO_KIND =
      EnumSet.of(EventKind.EVENT_KIND_UNSPECIFIED, EventKind.UNRECOGNIZED);

  static WatchFilter of(WatchRequest request, FieldRules rules, Caller reader) {
    checkStores(request, rules);
    rules.idPrefix("sku_prefix", request.getSkuPrefix());
    for (int i = 0; i < request.getKindsCount(); i++) {
      if (NO_KIND.contains(request.getKinds(i))) {
        rules.violate("kinds[" + i + "]", "is no kind of event that this node knows");
      }
    }
    return new WatchFilter(
        Set.copyOf(request.getStoresList()), request.getSkuPrefix(), kinds(request), reader);
  }

  private static void checkStores(WatchRequest request, FieldRules rules) {
    if (request.getStoresCount() > STORES_MAX) {
      rules.count("stores", request.getStoresCount(), STORES_MAX);
      return;
    }
    for (int i = 0; i < request.getStoresCount(); i++) {
      rules.id("stores[" + i + "]", request.getStores(i));
    }
  }

  private static Set<EventKind> kinds(WatchRequest request) {
    return request.getKindsCount() > 0
        ? Set.copyOf(request.getKindsList())
        : EnumSet.complementOf(EnumSet.copyOf(HOUSEKEEPING));
  }

  boolean passes(WatchedEvent event) {
    return kinds.contains(event.getKind())
        && (stores.isEmpty() || stores.contains(event.getStore()))
        && reader.sees(event.getStore())
        && (skuPrefix.isEmpty() || concernsSku(event));
  }

  private boolean concernsSku(WatchedEvent event) {
    return event.getSku().startsWith(skuPrefix)
        || event.getChangesList().stream()
            .anyMatch(change -> change.getAfter().getSku().startsWith(skuPrefix));
  }
}
