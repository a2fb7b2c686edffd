package dev.holdfast.cli.history;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.global.Aged;
import dev.holdfast.cli.global.Doubts;
import dev.holdfast.cli.global.ViewPages;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.cli.stock.StockColumns;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.FindHistoryResponse;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.HistorySince;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.ListStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads history page by page, prints it, and reports gaps. */
final class HistoryReader {
  private static final int PAGE_MAX = 1_000;

  private final GlobalViewClient client;
  private final OutputOptions output;
  private final PrintWriter err;
  private final long limit;
  private final Doubts doubts;
  private final Set<String> begins = new TreeSet<>();
  private long parked;

  /**
   * @param limit maximum number of rows; 0 for all
   */
  HistoryReader(GlobalViewClient client, OutputOptions output, PrintWriter err, long limit) {
    this.client = client;
    this.output = output;
    this.err = err;
    this.limit = limit == 0 ? Long.MAX_VALUE : limit;
    this.doubts = new Doubts(err);
  }

  void list(ListMovementsRequest.Builder request) {
    walk(
        HistoryColumns.MOVEMENT,
        limit,
        (token, size) -> {
          ListMovementsResponse page =
              Await.answer(client.movements(request.setPageToken(token).setPageSize(size).build()));
          lacks(List.of(page.getSince()), page.getParkedChanges());
          return new ViewPages.Page<>(
              page.getMovementsList(), List.of(page.getAsOf()), page.getNextPageToken());
        });
    tellBegin();
  }

  void find(FindHistoryRequest.Builder request) {
    walk(
        FoundColumns.ALL,
        limit,
        (token, size) -> {
          FindHistoryResponse page =
              Await.answer(client.find(request.setPageToken(token).setPageSize(size).build()));
          lacks(page.getSinceList(), page.getParkedChanges());
          return new ViewPages.Page<>(
              page.getEntriesList(), page.getAsOfList(), page.getNextPageToken());
        });
    tellBegin();
  }

  void storeAsOf(ListStockAsOfRequest.Builder request) {
    walk(
        StockColumns.UNITS,
        Long.MAX_VALUE,
        (token, size) -> {
          ListStockAsOfResponse page =
              Await.answer(client.storeAsOf(request.setPageToken(token).setPageSize(size).build()));
          parked += page.getParkedChanges();
          return new ViewPages.Page<>(
              page.getStockList(), List.of(page.getAsOf()), page.getNextPageToken());
        });
    tellParked();
  }

  void asOf(GetStockAsOfRequest request) {
    GetStockAsOfResponse answer = Await.answer(client.stockAsOf(request));
    List<ViewPosition> asOf = List.of(answer.getAsOf());
    doubts.add(asOf);
    output.print(
        Aged.columns(StockColumns.UNITS, !output.isTable()),
        List.of(Aged.of(answer.getStock(), asOf)));
    parked = answer.getParkedChanges();
    tellParked();
  }

  private <T> void walk(List<Column<T>> columns, long rowsMax, ViewPages.Call<T> call) {
    boolean whole;
    try (RowWriter<Aged<T>> writer = output.writer(Aged.columns(columns, !output.isTable()))) {
      whole = ViewPages.forEach(call, PAGE_MAX, rowsMax, doubts, writer::write);
    }
    if (!whole) {
      err.println("there are more: --limit more, or 0 for all");
    }
  }

  private void lacks(List<HistorySince> since, long parkedChanges) {
    parked = parkedChanges;
    for (HistorySince each : since) {
      if (each.getSequence() > 0) {
        begins.add(
            "the history begins after sequence %d, at %s"
                .formatted(each.getSequence(), Moments.text(each.getTimeMillis())));
      }
    }
  }

  private void tellBegin() {
    begins.forEach(err::println);
    tellParked();
  }

  private void tellParked() {
    if (parked > 0) {
      err.println(parked + " changes are parked and lack here; see: holdfast dlq list");
    }
  }
}
