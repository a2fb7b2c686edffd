package dev.holdfast.cli.drill.report;

import static dev.holdfast.cli.drill.report.DrawnRun.adjust;
import static dev.holdfast.cli.drill.report.DrawnRun.refused;
import static dev.holdfast.cli.drill.report.DrawnRun.repeated;
import static dev.holdfast.cli.drill.report.DrawnRun.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.holdfast.cli.drill.history.Outcome.Answered;
import dev.holdfast.cli.drill.history.Outcome.Undecided;
import dev.holdfast.cli.output.Format;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PhaseRowTest {
  @Test
  void shouldCountOutcomesOfThePhaseInWhichCallsEnded() {
    DrawnRun run =
        new DrawnRun()
            .phase("calm", 0, 1_000)
            .phase("leader killed", 1_000, 3_000)
            .call(0, 500, written(0))
            .call(900, 1_500, written(0))
            .call(1_600, 1_700, refused("INSUFFICIENT_STOCK"))
            .call(1_600, 1_800, Undecided.NOT_TRIED)
            .call(1_600, 2_900, Undecided.UNKNOWN);

    assertThat(rows(run))
        .extracting(PhaseRow::phase, PhaseRow::operations, row -> row.pace().operationsPerSecond())
        .containsExactly(
            tuple("calm", new Counts(1, 0, 0, 0), 1.0),
            tuple("leader killed", new Counts(1, 1, 1, 1), 1.0),
            tuple("whole run", new Counts(2, 1, 1, 1), 1.0));
  }

  @Test
  void shouldCountCallThatOutlastedAPhaseForIt() {
    DrawnRun run =
        new DrawnRun()
            .phase("cut", 1_000, 2_000)
            .call(1_500, 4_000, Undecided.UNKNOWN)
            .call(3_000, 4_000, written(0));

    assertThat(row(run, "cut").operations()).isEqualTo(new Counts(0, 0, 0, 1));
    assertThat(row(run, "cut").pace().operationsPerSecond()).isZero();
    assertThat(row(run, PhaseRow.BETWEEN).operations()).isEqualTo(new Counts(1, 0, 0, 0));
    assertThat(row(run, PhaseRow.BETWEEN).seconds()).isEqualTo(3.0);
  }

  @Test
  void shouldCountCallForAllPhasesThatRanWhenItEnded() {
    DrawnRun run =
        new DrawnRun()
            .phase("one", 0, 2_000)
            .phase("other", 1_000, 3_000)
            .call(0, 1_500, written(0))
            .call(0, 2_500, written(0));

    assertThat(row(run, "one").operations().all()).isEqualTo(1);
    assertThat(row(run, "other").operations().all()).isEqualTo(2);
  }

  @Test
  void shouldCountEachCommandOfABatchAndItsTimeOnce() {
    Command command = Command.newBuilder().setAdjustStock(adjust("store-0")).build();
    SubmitBatchRequest batch =
        SubmitBatchRequest.newBuilder().addAllCommands(List.of(command, command, command)).build();
    SubmitBatchResponse answer =
        SubmitBatchResponse.newBuilder()
            .addOutcomes(CommandOutcome.newBuilder().setAccepted(accepted()))
            .addOutcomes(CommandOutcome.newBuilder().setAccepted(accepted()))
            .addOutcomes(CommandOutcome.newBuilder().setError(error("OVERLOADED")))
            .build();
    DrawnRun run =
        new DrawnRun()
            .call(0, 30, batch, new Answered(answer))
            .call(0, 40, batch, Undecided.UNKNOWN)
            .call(990, 1_000, written(0));

    PhaseRow row = row(run, PhaseRow.WHOLE_RUN);

    assertThat(row.operations()).isEqualTo(new Counts(3, 0, 1, 3));
    assertThat(row.pace().p50Millis()).isCloseTo(10, within(0.1));
    assertThat(row.pace().p99Millis()).isCloseTo(30, within(0.1));
  }

  @Test
  void shouldMeasureTheTimeWithoutWritesUntilServiceIsBack() {
    DrawnRun run =
        new DrawnRun()
            .phase("leader killed", 1_000, 1_500)
            .writes(0, 10, 990, 10)
            .writes(0, 3_100, 5_000, 10);

    assertThat(row(run, "leader killed").noWritesSeconds()).isEqualTo(2.1);
    assertThat(row(run, PhaseRow.BETWEEN).noWritesSeconds()).isEqualTo(0.01);
    assertThat(row(run, PhaseRow.WHOLE_RUN).noWritesSeconds()).isEqualTo(2.11);
  }

  @Test
  void shouldMeasureThePartitionThatIsDownWhileOthersWork() {
    DrawnRun run =
        new DrawnRun()
            .phase("leader killed", 1_000, 1_500)
            .writes(0, 10, 5_000, 10)
            .writes(1, 10, 1_000, 10)
            .writes(1, 2_500, 5_000, 10);

    assertThat(row(run, "leader killed").noWritesSeconds()).isEqualTo(1.5);
  }

  @Test
  void shouldNotBlameAPhaseForTheNextOne() {
    DrawnRun run =
        new DrawnRun()
            .phase("baseline", 0, 1_000)
            .phase("leader killed", 1_000, 4_000)
            .writes(0, 10, 990, 10)
            .writes(0, 3_000, 4_000, 10);

    assertThat(row(run, "baseline").noWritesSeconds()).isEqualTo(0.01);
    assertThat(row(run, "leader killed").noWritesSeconds()).isEqualTo(2.0);
  }

  @Test
  void shouldTakeNeitherRepeatedAnswersNorRefusalsOutsideTheLogForWrites() {
    DrawnRun run =
        new DrawnRun()
            .writes(0, 10, 1_000, 10)
            .call(1_100, 1_200, repeated(0))
            .call(1_200, 1_300, refused("LOCKED"))
            .call(1_300, 1_400, Undecided.NOT_TRIED)
            .call(1_400, 2_000, refused("INSUFFICIENT_STOCK"))
            .writes(0, 2_010, 3_000, 10);

    assertThat(row(run, PhaseRow.WHOLE_RUN).noWritesSeconds()).isEqualTo(1.0);
  }

  @Test
  void shouldTakeAServiceThatNeverCameBackForDownUntilTheLastTry() {
    DrawnRun run =
        new DrawnRun()
            .phase("all killed", 1_000, 2_000)
            .writes(0, 10, 1_000, 10)
            .call(1_010, 9_000, Undecided.UNKNOWN);

    assertThat(row(run, "all killed").noWritesSeconds()).isEqualTo(8.0);
  }

  @Test
  void shouldPrintRows() {
    DrawnRun run = new DrawnRun().phase("cut", 0, 100).call(0, 100, Undecided.UNKNOWN);
    StringWriter text = new StringWriter();

    try (RowWriter<PhaseRow> writer =
        Format.csv.writer(PhaseRow.COLUMNS, new PrintWriter(text), false)) {
      rows(run).forEach(writer::write);
    }

    assertThat(text.toString())
        .isEqualTo(
            """
            phase,seconds,operations,ops_per_second,p50_ms,p99_ms,refused_pct,not_tried_pct,unknown_pct,no_writes_s
            cut,0.1,1,0,,,0.0,0.0,100.0,0.0
            whole run,0.1,1,0,,,0.0,0.0,100.0,0.0
            """);
  }

  private static List<PhaseRow> rows(DrawnRun run) {
    return PhaseRow.of(run.result());
  }

  private static PhaseRow row(DrawnRun run, String phase) {
    return rows(run).stream().filter(row -> row.phase().equals(phase)).findFirst().orElseThrow();
  }

  private static Accepted accepted() {
    return Accepted.newBuilder().setPosition(Position.newBuilder().setSequence(1)).build();
  }

  private static Status error(String reason) {
    ErrorInfo info = ErrorInfo.newBuilder().setDomain("holdfast.dev").setReason(reason).build();
    return Status.newBuilder().setCode(14).addDetails(Any.pack(info)).build();
  }
}
