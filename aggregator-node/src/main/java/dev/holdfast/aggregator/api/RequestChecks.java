package dev.holdfast.aggregator.api;

import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest.Order;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks what requests of several services have in common. */
final class RequestChecks {
  private static final String WAIT_FOR = "wait_for";

  private RequestChecks() {}

  /** The positions to wait for, by partition. */
  static Map<Integer, Long> positions(FieldRules rules, List<Position> positions, int partitions) {
    if (positions.isEmpty()) {
      return Map.of();
    }
    rules.batchSize(WAIT_FOR, positions.size());
    Map<Integer, Long> latest = new HashMap<>();
    for (int i = 0; i < positions.size(); i++) {
      Position position = positions.get(i);
      rules.enter(WAIT_FOR, i);
      rules.partition("partition", position.getPartition(), partitions);
      rules.sequence("sequence", position.getSequence());
      rules.leave();
      latest.merge(position.getPartition(), position.getSequence(), Math::max);
    }
    return latest;
  }

  /** The size of a page of an operator's list; 0 asks for the standard one. */
  static int pageSize(FieldRules rules, int size, int standard, int max) {
    if (size < 0 || size > max) {
      rules.violate("page_size", "must be 0 to " + max);
    }
    return size == 0 ? standard : size;
  }

  static boolean isNewestFirst(FieldRules rules, Order order) {
    if (order == Order.UNRECOGNIZED) {
      rules.violate("order", "must be ORDER_NEWEST_FIRST or ORDER_OLDEST_FIRST");
    }
    return order == Order.ORDER_NEWEST_FIRST;
  }

  /** Refuses with VALIDATION. */
  static void refuseInvalid(FieldRules rules) {
    if (!rules.isValid()) {
      throw Statuses.exception(Statuses.invalid(rules.violations()));
    }
  }
}
