package dev.holdfast.cli.drill.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.proto.log.v1.ReservationExpired;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFileTest {
  private static final AdjustStockRequest REQUEST =
      AdjustStockRequest.newBuilder()
          .setStore("Köln \"2\"")
          .setSku("tea")
          .setDelta(-5)
          .setIdempotencyKey("k")
          .build();

  @TempDir private Path directory;

  @Test
  void shouldReadWhatWasWritten() throws Exception {
    StockLevel level = StockLevel.newBuilder().setOnHand(9_007_199_254_740_993L).build();
    AdjustStockResponse answer = AdjustStockResponse.newBuilder().setStock(level).build();
    List<Call> calls =
        List.of(
            call(new Outcome.Answered(answer)),
            call(new Outcome.Refused("INSUFFICIENT_STOCK", Map.of("available", "4"))),
            call(Outcome.Undecided.NOT_TRIED),
            call(Outcome.Undecided.UNKNOWN));
    Event expired =
        Event.newBuilder()
            .setReservationExpired(
                ReservationExpired.newBuilder().setStore("s").setReservationId("r"))
            .build();
    EventLog log = new EventLog();
    log.add(LogEntry.of(2, 17, 1_700_000_000_000L, expired));

    Path file = directory.resolve("history.json.gz");
    HistoryFile.write(file, History.of(calls), log);
    HistoryFile.Content read = HistoryFile.read(file);

    assertThat(read.history().calls()).isEqualTo(calls);
    assertThat(Objects.requireNonNull(read.log()).of(2)).isEqualTo(log.of(2));
  }

  private static Call call(Outcome outcome) {
    return new Call(3, 1_000, Call.NEVER, REQUEST, outcome);
  }
}
