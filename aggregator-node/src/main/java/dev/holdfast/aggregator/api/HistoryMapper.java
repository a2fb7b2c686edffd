package dev.holdfast.aggregator.api;

import com.google.common.primitives.Longs;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.Moment;
import java.time.InstantSource;
import java.util.Map;

/** Checks requests for history, and reads what they ask for. Refuses with VALIDATION. */
final class HistoryMapper {
  private static final String PAGE_TOKEN = "page_token";

  private HistoryMapper() {}

  /**
   * What a list asks for.
   *
   * @param last the sequence that the page before ended with, 0 for the first page
   */
  record Page(
      StockKey item,
      Moment from,
      Moment to,
      boolean newestFirst,
      int size,
      long last,
      Map<Integer, Long> waitFor) {}

  /** How far clocks may be apart. */
  private static final long CLOCKS_APART_MILLIS = 10_000;

  /** What the stock at a moment asks for. */
  record AsOf(StockKey item, Moment moment, Map<Integer, Long> waitFor) {}

  static Page page(ListMovementsRequest request, int partitions) {
    FieldRules rules = new FieldRules();
    checkItem(rules, request.getStore(), request.getSku());
    check(rules, "from", request.getFrom());
    check(rules, "to", request.getTo());
    boolean newestFirst = RequestChecks.isNewestFirst(rules, request.getOrder());
    int size = rules.pageSize("page_size", request.getPageSize());
    long last = last(rules, request);
    Map<Integer, Long> waitFor =
        RequestChecks.positions(rules, request.getWaitForList(), partitions);
    RequestChecks.refuseInvalid(rules);
    return new Page(
        new StockKey(request.getStore(), request.getSku()),
        request.getFrom(),
        request.getTo(),
        newestFirst,
        size,
        last,
        waitFor);
  }

  static AsOf asOf(GetStockAsOfRequest request, int partitions, InstantSource clock) {
    FieldRules rules = new FieldRules();
    checkItem(rules, request.getStore(), request.getSku());
    checkGone(rules, request.getMoment(), clock);
    Map<Integer, Long> waitFor =
        RequestChecks.positions(rules, request.getWaitForList(), partitions);
    RequestChecks.refuseInvalid(rules);
    return new AsOf(
        new StockKey(request.getStore(), request.getSku()), request.getMoment(), waitFor);
  }

  /** A moment at which something stood: one that has come, as far as clocks agree. */
  static void checkGone(FieldRules rules, Moment moment, InstantSource clock) {
    check(rules, "moment", moment);
    if (moment.getAtCase() == Moment.AtCase.AT_NOT_SET) {
      rules.violate("moment", "must be a sequence or a time");
    } else if (moment.getTimeMillis() > clock.millis() + CLOCKS_APART_MILLIS) {
      rules.violate("moment.time_millis", "must not be in the future");
    }
  }

  private static void checkItem(FieldRules rules, String store, String sku) {
    rules.id("store", store);
    rules.id("sku", sku);
  }

  private static void check(FieldRules rules, String field, Moment moment) {
    switch (moment.getAtCase()) {
      case SEQUENCE -> rules.sequence(field + ".sequence", moment.getSequence());
      case TIME_MILLIS -> rules.totalUnits(field + ".time_millis", moment.getTimeMillis());
      case AT_NOT_SET -> {}
    }
  }

  private static long last(FieldRules rules, ListMovementsRequest request) {
    String token = request.getPageToken();
    if (token.isEmpty()) {
      return 0;
    }
    String start = start(request);
    Long last = token.startsWith(start) ? Longs.tryParse(token.substring(start.length())) : null;
    if (last == null || last < 1) {
      rules.violate(
          PAGE_TOKEN,
          "must be empty or the next_page_token of the page before, asked for with the same item,"
              + " bounds and order");
      return 0;
    }
    return last;
  }

  /** The token of the page behind a sequence. */
  static String token(ListMovementsRequest request, long last) {
    return start(request) + last;
  }

  private static String start(ListMovementsRequest request) {
    return RequestToken.start(
        request.toBuilder().clearPageToken().clearPageSize().clearWaitFor().build());
  }
}
