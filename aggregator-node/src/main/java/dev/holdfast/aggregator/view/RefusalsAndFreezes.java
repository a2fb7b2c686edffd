package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.TermsEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects, for one write, everything events tell besides levels: refusals, with the demand that
 * was not met, and frozen stores.
 */
final class RefusalsAndFreezes {
  private final ViewRecords stored;
  private final List<RefusedCommand> refused = new ArrayList<>();
  private final Map<String, UnmetDemand> demand = new HashMap<>();
  private final Map<Integer, Map<String, Boolean>> frozenStores = new HashMap<>();

  RefusalsAndFreezes(ViewRecords stored) {
    this.stored = stored;
  }

  void take(int partition, Event event, EventHeader header) {
    if (event instanceof Event.CommandRejected rejected) {
      refused.add(new RefusedCommand(header, rejected));
      count(rejected.rejection());
    } else if (event instanceof TermsEvent.StoreTermsChanged changed) {
      frozenStores
          .computeIfAbsent(partition, first -> new HashMap<>())
          .put(changed.store(), changed.frozen());
    }
  }

  private void count(Rejection rejection) {
    if (rejection instanceof Rejection.InsufficientStock unmet) {
      demand.put(unmet.sku(), demand(unmet.sku()).plus(unmet.requested()));
    }
  }

  private UnmetDemand demand(String sku) {
    UnmetDemand before = demand.get(sku);
    return before != null ? before : stored.demand(sku);
  }

  List<RefusedCommand> refused() {
    return refused;
  }

  Map<String, UnmetDemand> demand() {
    return demand;
  }

  /** By partition: whether each of these stores is frozen now. */
  Map<Integer, Map<String, Boolean>> frozenStores() {
    return frozenStores;
  }
}
