package dev.holdfast.aggregator.api;

import com.google.rpc.Status;
import dev.holdfast.aggregator.view.SkuFilter;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import java.util.Map;

/** Checks requests, and reads what they ask for. Refuses with VALIDATION. */
final class GlobalStockMapper {
  private static final String PAGE_TOKEN = "page_token";

  private static final String SKUS = "skus";

  /** SKUs of a batch read. */
  private static final int SKUS_MAX = 1_000;

  private GlobalStockMapper() {}

  /** What a list asks for. */
  record Page(
      String afterSku,
      SkuFilter filter,
      int size,
      boolean withStores,
      boolean withUnmetDemand,
      Map<Integer, Long> waitFor) {}

  /** The positions to wait for, by partition. */
  static Map<Integer, Long> waitFor(GetGlobalStockRequest request, int partitions) {
    FieldRules rules = new FieldRules();
    rules.id("sku", request.getSku());
    Map<Integer, Long> positions =
        RequestChecks.positions(rules, request.getWaitForList(), partitions);
    RequestChecks.refuseInvalid(rules);
    return positions;
  }

  /** The same of a batch. */
  static Map<Integer, Long> waitFor(BatchGetGlobalStockRequest request, int partitions) {
    FieldRules rules = new FieldRules();
    rules.count(SKUS, request.getSkusCount(), SKUS_MAX);
    for (int i = 0; i < Math.min(request.getSkusCount(), SKUS_MAX); i++) {
      rules.id(SKUS + "[" + i + "]", request.getSkus(i));
    }
    Map<Integer, Long> positions =
        RequestChecks.positions(rules, request.getWaitForList(), partitions);
    RequestChecks.refuseInvalid(rules);
    return positions;
  }

  /** Of a batch whose answer would be too large. */
  static Status tooLarge(int fitting, int asked) {
    FieldRules rules = new FieldRules();
    rules.violate(
        SKUS,
        "the answer would be too large: of %d SKUs the first %d fit; ask for the others by themselves"
            .formatted(asked, fitting));
    return Statuses.invalid(rules.violations());
  }

  static Page page(ListGlobalStockRequest request, int partitions) {
    FieldRules rules = new FieldRules();
    int size = rules.pageSize("page_size", request.getPageSize());
    SkuFilter filter = filter(rules, request);
    String afterSku = rules.isValid() ? afterSku(rules, request.getPageToken(), filter) : "";
    Map<Integer, Long> positions =
        RequestChecks.positions(rules, request.getWaitForList(), partitions);
    RequestChecks.refuseInvalid(rules);
    return new Page(
        afterSku,
        filter,
        size,
        request.getIncludeStores(),
        request.getIncludeUnmetDemand(),
        positions);
  }

  private static SkuFilter filter(FieldRules rules, ListGlobalStockRequest request) {
    rules.idPrefix("sku_prefix", request.getSkuPrefix());
    rules.totalUnits("available_below", request.getAvailableBelow());
    rules.totalUnits("reservable_below", request.getReservableBelow());
    rules.optionalId("store", request.getStore());
    return new SkuFilter(
        request.getSkuPrefix(),
        request.getAvailableBelow(),
        request.getReservableBelow(),
        request.getStore());
  }

  private static String afterSku(FieldRules rules, String token, SkuFilter filter) {
    if (token.isEmpty()) {
      return "";
    }
    String sku = GlobalStockToken.parse(token, filter);
    if (sku == null) {
      rules.violate(
          PAGE_TOKEN,
          "must be empty or the next_page_token of the page before, asked for with the same"
              + " sku_prefix, available_below, reservable_below and store");
      return "";
    }
    rules.id(PAGE_TOKEN, sku);
    return sku;
  }
}
