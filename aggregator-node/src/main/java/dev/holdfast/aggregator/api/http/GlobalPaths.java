package dev.holdfast.aggregator.api.http;

import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc.GlobalStockServiceImplBase;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/global} and {@code /api/global/{sku}}. */
final class GlobalPaths {
  static final String PREFIX = "prefix";
  private static final String AVAILABLE_BELOW = "available_below";
  private static final String RESERVABLE_BELOW = "reservable_below";
  private static final String STORE = "store";
  private static final String PAGE_SIZE = "page_size";
  private static final String PAGE_TOKEN = "page_token";
  private static final String INCLUDE_STORES = "include_stores";
  private static final String INCLUDE_UNMET_DEMAND = "include_unmet_demand";
  private static final Set<String> OF_A_LIST =
      Set.of(
          PREFIX,
          AVAILABLE_BELOW,
          RESERVABLE_BELOW,
          STORE,
          PAGE_SIZE,
          PAGE_TOKEN,
          INCLUDE_STORES,
          INCLUDE_UNMET_DEMAND);

  private final GlobalStockServiceImplBase stock;
  private final LocalCalls calls;

  GlobalPaths(GlobalStockServiceImplBase stock, LocalCalls calls) {
    this.stock = stock;
    this.calls = calls;
  }

  /** One SKU: its fields, and what the answer stands on. */
  Map<String, @Nullable Object> get(Context context) {
    new QueryParameters(context.queryParamMap(), Set.of()).refuseInvalid();
    var request = GetGlobalStockRequest.newBuilder().setSku(context.pathParam("sku")).build();
    GetGlobalStockResponse answer =
        calls.answer(
            context,
            GlobalStockServiceGrpc.getGetGlobalStockMethod(),
            request,
            stock::getGlobalStock);
    Map<String, @Nullable Object> json = ProtoJson.object(answer.getStock());
    json.put("as_of", ProtoJson.list(answer.getAsOfList()));
    return marked(json, answer.getPartial());
  }

  Map<String, @Nullable Object> list(Context context) {
    ListGlobalStockResponse page =
        calls.answer(
            context,
            GlobalStockServiceGrpc.getListGlobalStockMethod(),
            request(context),
            stock::listGlobalStock);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    List<Map<String, @Nullable Object>> items = ProtoJson.list(page.getStockList());
    json.put("items", items);
    json.put("next_page_token", page.getNextPageToken());
    json.put("as_of", ProtoJson.list(page.getAsOfList()));
    return marked(json, page.getPartial());
  }

  /** Says so if it covers only the stores that the caller may read. */
  private static Map<String, @Nullable Object> marked(
      Map<String, @Nullable Object> json, boolean partial) {
    if (partial) {
      json.put("partial", true);
    }
    return json;
  }

  private static ListGlobalStockRequest request(Context context) {
    QueryParameters query = new QueryParameters(context.queryParamMap(), OF_A_LIST);
    ListGlobalStockRequest request =
        ListGlobalStockRequest.newBuilder()
            .setSkuPrefix(query.text(PREFIX))
            .setAvailableBelow(query.number(AVAILABLE_BELOW))
            .setReservableBelow(query.number(RESERVABLE_BELOW))
            .setStore(query.text(STORE))
            .setPageSize(query.smallNumber(PAGE_SIZE))
            .setPageToken(query.text(PAGE_TOKEN))
            .setIncludeStores(query.flag(INCLUDE_STORES))
            .setIncludeUnmetDemand(query.flag(INCLUDE_UNMET_DEMAND))
            .build();
    query.refuseInvalid();
    return request;
  }
}
