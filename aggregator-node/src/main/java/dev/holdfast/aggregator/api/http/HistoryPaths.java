package dev.holdfast.aggregator.api.http;

import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc.HistoryServiceImplBase;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest.Order;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import dev.holdfast.proto.inventory.v1.Moment;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/history} and {@code /api/history/as-of}. */
final class HistoryPaths {
  private static final String STORE = "store";
  private static final String SKU = "sku";
  private static final String ORDER = "order";
  private static final String PAGE_SIZE = "page_size";
  private static final String PAGE_TOKEN = "page_token";
  static final String SEQUENCE = "sequence";
  static final String TIME_MILLIS = "time_millis";
  static final String FROM = "from_";
  static final String TO = "to_";
  private static final String SINCE = "since";
  private static final String AS_OF = "as_of";
  private static final Set<String> OF_A_LIST =
      Set.of(
          STORE,
          SKU,
          FROM + SEQUENCE,
          FROM + TIME_MILLIS,
          TO + SEQUENCE,
          TO + TIME_MILLIS,
          ORDER,
          PAGE_SIZE,
          PAGE_TOKEN);
  private static final Set<String> OF_A_MOMENT = Set.of(STORE, SKU, SEQUENCE, TIME_MILLIS);

  private final HistoryServiceImplBase history;
  private final LocalCalls calls;

  HistoryPaths(HistoryServiceImplBase history, LocalCalls calls) {
    this.history = history;
    this.calls = calls;
  }

  Map<String, @Nullable Object> list(Context context) {
    ListMovementsResponse page =
        calls.answer(
            context,
            HistoryServiceGrpc.getListMovementsMethod(),
            request(context),
            history::listMovements);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("items", ProtoJson.list(page.getMovementsList()));
    json.put("next_page_token", page.getNextPageToken());
    json.put(SINCE, ProtoJson.object(page.getSince()));
    json.put(AS_OF, ProtoJson.object(page.getAsOf()));
    return json;
  }

  private static ListMovementsRequest request(Context context) {
    QueryParameters query = new QueryParameters(context.queryParamMap(), OF_A_LIST);
    ListMovementsRequest.Builder request =
        ListMovementsRequest.newBuilder()
            .setStore(query.text(STORE))
            .setSku(query.text(SKU))
            .setOrder(order(query))
            .setPageSize(query.smallNumber(PAGE_SIZE))
            .setPageToken(query.text(PAGE_TOKEN));
    moment(query, FROM, request.getFromBuilder());
    moment(query, TO, request.getToBuilder());
    query.refuseInvalid();
    return request.build();
  }

  private static Order order(QueryParameters query) {
    return switch (query.text(ORDER)) {
      case "", "newest_first" -> Order.ORDER_NEWEST_FIRST;
      case "oldest_first" -> Order.ORDER_OLDEST_FIRST;
      default -> {
        query.violate(ORDER, "must be newest_first or oldest_first");
        yield Order.ORDER_NEWEST_FIRST;
      }
    };
  }

  private static void moment(QueryParameters query, String prefix, Moment.Builder moment) {
    boolean isOfTime = !query.text(prefix + TIME_MILLIS).isEmpty();
    boolean isOfSequence = !query.text(prefix + SEQUENCE).isEmpty();
    if (isOfTime && isOfSequence) {
      query.violate(prefix + SEQUENCE, "must not be given with " + prefix + TIME_MILLIS);
    } else if (isOfTime) {
      moment.setTimeMillis(query.number(prefix + TIME_MILLIS));
    } else if (isOfSequence) {
      moment.setSequence(query.number(prefix + SEQUENCE));
    }
  }

  Map<String, @Nullable Object> asOf(Context context) {
    QueryParameters query = new QueryParameters(context.queryParamMap(), OF_A_MOMENT);
    GetStockAsOfRequest.Builder request =
        GetStockAsOfRequest.newBuilder().setStore(query.text(STORE)).setSku(query.text(SKU));
    moment(query, "", request.getMomentBuilder());
    query.refuseInvalid();
    GetStockAsOfResponse answer =
        calls.answer(
            context,
            HistoryServiceGrpc.getGetStockAsOfMethod(),
            request.build(),
            history::getStockAsOf);
    Map<String, @Nullable Object> json = ProtoJson.object(answer.getStock());
    json.put(SINCE, ProtoJson.object(answer.getSince()));
    json.put(AS_OF, ProtoJson.object(answer.getAsOf()));
    return json;
  }
}
