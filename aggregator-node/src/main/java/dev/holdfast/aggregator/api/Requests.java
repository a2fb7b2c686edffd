package dev.holdfast.aggregator.api;

import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks requests, and reads what they ask for. Refuses with VALIDATION. */
final class Requests {
  private static final String WAIT_FOR = "wait_for";
  private static final String PAGE_TOKEN = "page_token";

  private Requests() {}

  /** One page. */
  record Page(String afterSku, int size, boolean withStores, Map<Integer, Long> waitFor) {}

  /** The positions to wait for, by partition. */
  static Map<Integer, Long> waitFor(GetGlobalStockRequest request, int partitions) {
    FieldRules rules = new FieldRules();
    rules.id("sku", request.getSku());
    Map<Integer, Long> positions = positions(rules, request.getWaitForList(), partitions);
    refuseInvalid(rules);
    return positions;
  }

  static Page page(ListGlobalStockRequest request, int partitions) {
    FieldRules rules = new FieldRules();
    int size = rules.pageSize("page_size", request.getPageSize());
    String afterSku = afterSku(rules, request.getPageToken());
    Map<Integer, Long> positions = positions(rules, request.getWaitForList(), partitions);
    refuseInvalid(rules);
    return new Page(afterSku, size, request.getIncludeStores(), positions);
  }

  private static String afterSku(FieldRules rules, String token) {
    if (token.isEmpty()) {
      return "";
    }
    String sku = PageToken.parse(token);
    if (sku == null) {
      rules.violate(PAGE_TOKEN, "must be empty or the next_page_token of the page before");
      return "";
    }
    rules.id(PAGE_TOKEN, sku);
    return sku;
  }

  private static Map<Integer, Long> positions(
      FieldRules rules, List<Position> positions, int partitions) {
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

  private static void refuseInvalid(FieldRules rules) {
    if (!rules.isValid()) {
      throw Statuses.exception(Statuses.invalid(rules.violations()));
    }
  }
}
