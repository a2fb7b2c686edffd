package dev.holdfast.cli.history;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.global.Aged;
import dev.holdfast.cli.global.Doubts;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.FindHistoryResponse;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.HistoryEntry;
import dev.holdfast.proto.inventory.v1.HistorySince;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.ListStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.Movement;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads history page by page, prints it, and reports gaps. */
final class HistoryReader {
  private static final int PAGE_MAX = 1_000;

  private final GlobalViewClient client;
  private final OutputOptions output;
  private final Session session;
  private final long limit;
  private final Doubts doubts;
  private final Set<String> begins = new TreeSet<>();
  private long parked;

  /**
   * @param limit rows at most; 0 for all
   */
  HistoryReader(GlobalViewClient client, OutputOptions output, Session session, long limit) {
    this.client = client;
    this.output = output;
    this.session = session;
    this.limit = limit == 0 ? Long.MAX_VALUE : limit;
    this.doubts = new Doubts(session.err());
  }

  /** What a page holds, and what it stands on. */
  private record Page<T>(List<T> rows, List<ViewPosition> asOf, String next) {}

  void list(ListMovementsRequest.Builder request) {
    walk(
        HistoryColumns.MOVEMENT,
        limit,
        (token, size) -> {
          ListMovementsResponse page =
              Await.answer(client.movements(request.setPageToken(token).setPageSize(size).build()));
          lacks(List.of(page.getSince()), page.getParkedChanges());
          return new Page<Movement>(
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
          return new Page<HistoryEntry>(
              page.getEntriesList(), page.getAsOfList(), page.getNextPageToken());
        });
    tellBegin();
  }

  void storeAsOf(ListStockAsOfRequest.Builder request) {
    long[] lacking = {0};
    walk(
        HistoryColumns.LEVEL,
        Long.MAX_VALUE,
        (token, size) -> {
          ListStockAsOfResponse page =
              Await.answer(client.storeAsOf(request.setPageToken(token).setPageSize(size).build()));
          lacking[0] += page.getParkedChanges();
          return new Page<StockLevel>(
              page.getStockList(), List.of(page.getAsOf()), page.getNextPageToken());
        });
    parked = lacking[0];
    tellParked();
  }

  void asOf(GetStockAsOfRequest request) {
    GetStockAsOfResponse answer = Await.answer(client.stockAsOf(request));
    List<ViewPosition> asOf = List.of(answer.getAsOf());
    doubts.add(asOf);
    output.print(
        Aged.columns(HistoryColumns.LEVEL, !output.isTable()),
        List.of(Aged.of(answer.getStock(), asOf)),
        session);
    parked = answer.getParkedChanges();
    tellParked();
  }

  /** Reads one page. */
  @FunctionalInterface
  private interface Reading<T> {
    Page<T> page(String token, int size);
  }

  private <T> void walk(List<Column<T>> columns, long rowsMax, Reading<T> reading) {
    boolean more;
    try (RowWriter<Aged<T>> writer =
        output.writer(Aged.columns(columns, !output.isTable()), session)) {
      long left = rowsMax;
      Page<T> page;
      String token = "";
      do {
        page = reading.page(token, (int) Math.min(left, PAGE_MAX));
        doubts.add(page.asOf());
        for (T row : page.rows()) {
          writer.write(Aged.of(row, page.asOf()));
        }
        left -= page.rows().size();
        token = page.next();
      } while (left > 0 && !token.isEmpty());
      more = !token.isEmpty();
    }
    if (more) {
      session.err().println("there are more: --limit more, or 0 for all");
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
    begins.forEach(session.err()::println);
    tellParked();
  }

  private void tellParked() {
    if (parked > 0) {
      session.err().println(parked + " changes are parked and lack here; see: holdfast dlq list");
    }
  }
}
