package dev.holdfast.cli.global;

import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import java.util.List;
import picocli.CommandLine.Option;

/** The filter options for SKUs of the global view. */
final class GlobalFilter {
  private static final long ONE = 1;

  @Option(names = "--prefix", paramLabel = "TEXT", description = "only SKUs with this prefix")
  private String prefix = "";

  @Option(
      names = "--below",
      paramLabel = "N",
      description = "only SKUs with fewer than N units to sell, across all stores or in --store")
  private long below;

  @Option(names = "--sold-out", description = "only sold-out SKUs, as --below 1")
  private boolean soldOut;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description = "only SKUs of this store, with its stock")
  private String store = "";

  @Option(names = "--unmet", description = "also demand rejected for lack of stock")
  private boolean unmet;

  ListGlobalStockRequest.Builder request() {
    UsageException.requireNotNegative("--below", below);
    if (soldOut && below > 0) {
      throw new UsageException("--sold-out is --below 1: give one of them");
    }
    return ListGlobalStockRequest.newBuilder()
        .setSkuPrefix(prefix)
        .setReservableBelow(soldOut ? ONE : below)
        .setStore(store)
        .setIncludeUnmetDemand(unmet);
  }

  List<Column<GlobalStock>> columns() {
    return GlobalColumns.of(!store.isEmpty(), unmet);
  }
}
