package dev.holdfast.cli.history;

import dev.holdfast.cli.UsageException;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The subject of a history: an item, or a search across all stores. */
final class HistoryArguments {
  @Parameters(index = "0", arity = "0..1", paramLabel = "STORE", description = "the store")
  private String store = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "SKU", description = "the SKU")
  private String sku = "";

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      description = "across all stores: entries with this reference, for example an order")
  private String reference = "";

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "across all stores: entries of this request")
  private String request = "";

  @Option(
      names = "--reservation",
      paramLabel = "ID",
      description = "across all stores: entries of this reservation or transfer")
  private String reservation = "";

  @Option(names = "--refusals", description = "rejections and their reasons")
  private boolean refusals;

  @Option(
      names = "--ran-out",
      description = "items that ran out: on hand - reserved - safety stock fell to 0")
  private boolean ranOut;

  String store() {
    return store;
  }

  String sku() {
    return sku;
  }

  /** Whether to search by something other than an item, in all stores or in one. */
  boolean isSearch() {
    int given = 0;
    for (boolean one :
        new boolean[] {
          !reference.isEmpty(), !request.isEmpty(), !reservation.isEmpty(), refusals, ranOut
        }) {
      given += one ? 1 : 0;
    }
    if (given > 1) {
      throw new UsageException(
          "give one of --reference, --request, --reservation, --refusals and --ran-out");
    }
    return given == 1;
  }

  void requireStore() {
    if (store.isEmpty()) {
      throw new UsageException("a STORE is missing");
    }
  }

  void requireItem() {
    if (sku.isEmpty()) {
      throw new UsageException(
          "STORE and SKU are missing, or one of --reference, --request, --reservation, --refusals"
              + " and --ran-out");
    }
  }

  FindHistoryRequest.Builder find() {
    FindHistoryRequest.Builder find = FindHistoryRequest.newBuilder().setStore(store).setSku(sku);
    if (!reference.isEmpty()) {
      return find.setReference(reference);
    } else if (!request.isEmpty()) {
      return find.setRequestId(request);
    } else if (!reservation.isEmpty()) {
      return find.setReservationId(reservation);
    }
    return refusals ? find.setRefusals(true) : find.setRanOut(true);
  }
}
