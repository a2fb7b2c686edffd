package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.view.HistorySearch;
import dev.holdfast.aggregator.view.SearchKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.Moment;
import java.time.InstantSource;
import java.util.Map;

/** Checks what searches of the history and lists of a store ask for. */
final class HistorySearchMapper {
  private static final int REQUEST_ID_MAX = 128;
  private static final String SAME =
      "must be empty or the next_page_token of the page before, asked for with the same fields";

  private HistorySearchMapper() {}

  /** What a search asks for. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Page(HistorySearch search, int size, byte[] after, Map<Integer, Long> waitFor) {}

  /** What the stock of a store at a moment asks for. */
  record StorePage(
      String store, Moment moment, int size, String afterSku, Map<Integer, Long> waitFor) {}

  static Page page(FindHistoryRequest request, int partitions) {
    FieldRules rules = new FieldRules();
    SearchKey searchKey = searchKey(rules, request);
    rules.optionalId("store", request.getStore());
    rules.optionalId("sku", request.getSku());
    rules.totalUnits("from_millis", request.getFromMillis());
    rules.totalUnits("to_millis", request.getToMillis());
    boolean newestFirst = RequestChecks.isNewestFirst(rules, request.getOrder());
    int size = rules.pageSize("page_size", request.getPageSize());
    byte[] after = after(rules, request.getPageToken(), sameOf(request));
    Map<Integer, Long> waitFor =
        RequestChecks.positions(rules, request.getWaitForList(), partitions);
    RequestChecks.refuseInvalid(rules);
    return new Page(search(searchKey, request, newestFirst), size, after, waitFor);
  }

  private static SearchKey searchKey(FieldRules rules, FindHistoryRequest request) {
    switch (request.getByCase()) {
      case REFERENCE -> {
        rules.reference("reference", request.getReference());
        return given(rules, "reference", request.getReference(), SearchKey.REFERENCE);
      }
      case REQUEST_ID -> {
        if (request.getRequestId().length() > REQUEST_ID_MAX) {
          rules.violate("request_id", "must have at most " + REQUEST_ID_MAX + " characters");
        }
        return given(rules, "request_id", request.getRequestId(), SearchKey.REQUEST);
      }
      case RESERVATION_ID -> {
        rules.reservationId("reservation_id", request.getReservationId());
        return SearchKey.RESERVATION;
      }
      case REFUSALS -> {
        return wanted(rules, "refusals", request.getRefusals(), SearchKey.REFUSED);
      }
      case RAN_OUT -> {
        return wanted(rules, "ran_out", request.getRanOut(), SearchKey.RAN_OUT);
      }
      case BY_NOT_SET -> rules.violate("by", "must say what to find the history by");
    }
    return SearchKey.REFERENCE;
  }

  private static SearchKey given(FieldRules rules, String field, String text, SearchKey searchKey) {
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      rules.violate(field, "must not be empty or hold control characters");
    }
    return searchKey;
  }

  private static SearchKey wanted(
      FieldRules rules, String field, boolean wanted, SearchKey searchKey) {
    if (!wanted) {
      rules.violate(field, "must be true, or another field of `by` be given");
    }
    return searchKey;
  }

  private static HistorySearch search(
      SearchKey searchKey, FindHistoryRequest request, boolean newestFirst) {
    String text =
        switch (searchKey) {
          case REFERENCE -> request.getReference();
          case REQUEST -> request.getRequestId();
          case RESERVATION -> request.getReservationId();
          case REFUSED, RAN_OUT -> "";
        };
    return new HistorySearch(
        searchKey,
        text,
        request.getStore(),
        request.getSku(),
        request.getFromMillis(),
        request.getToMillis() == 0 ? Long.MAX_VALUE - 1 : request.getToMillis(),
        newestFirst);
  }

  private static byte[] after(FieldRules rules, String token, com.google.protobuf.Message same) {
    if (token.isEmpty()) {
      return new byte[0];
    }
    byte[] after = RequestToken.parse(token, same);
    if (after == null || after.length == 0) {
      rules.violate("page_token", SAME);
      return new byte[0];
    }
    return after;
  }

  /** What is the same of all pages. */
  static FindHistoryRequest sameOf(FindHistoryRequest request) {
    return request.toBuilder().clearPageToken().clearPageSize().clearWaitFor().build();
  }

  static ListStockAsOfRequest sameOf(ListStockAsOfRequest request) {
    return request.toBuilder().clearPageToken().clearPageSize().clearWaitFor().build();
  }

  static StorePage storePage(ListStockAsOfRequest request, int partitions, InstantSource clock) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    HistoryMapper.checkGone(rules, request.getMoment(), clock);
    int size = rules.pageSize("page_size", request.getPageSize());
    byte[] after = after(rules, request.getPageToken(), sameOf(request));
    Map<Integer, Long> waitFor =
        RequestChecks.positions(rules, request.getWaitForList(), partitions);
    RequestChecks.refuseInvalid(rules);
    String afterSku = new String(after, java.nio.charset.StandardCharsets.UTF_8);
    return new StorePage(request.getStore(), request.getMoment(), size, afterSku, waitFor);
  }
}
