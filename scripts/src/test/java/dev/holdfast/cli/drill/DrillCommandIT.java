package dev.holdfast.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.drill.history.HistoryFile;
import dev.holdfast.cli.drill.report.Reports;
import dev.holdfast.cli.imports.RealNode;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.RejectedException;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class DrillCommandIT {
  @TempDir private Path directory;

  @Test
  void shouldSayThatEverythingHeldAndKeepWhatWasRecorded() throws Exception {
    Path report = directory.resolve("report");
    try (RealNode node = new RealNode(directory.resolve("data"))) {
      CliRun run =
          drill(node, "--report", report.toString(), "--every", "2", "--fault", "quiet=echo hush");

      assertThat(run.code()).as(run.toString()).isZero();
      assertThat(run.out()).contains("quiet").doesNotContain("Findings");
      assertThat(run.err()).contains(" operations checked: everything held");
      assertThat(report.resolve(Reports.PAGE)).isNotEmptyFile();
      assertThat(report.resolve("faults.log")).hasContent("hush");
      assertThat(HistoryFile.read(report.resolve(Reports.HISTORY)).history().size())
          .isGreaterThan(100);
    }
  }

  /** A command that no caller of the drill sent is as if one of theirs was doubled. */
  @Test
  void shouldFailWhenTheLogHasWhatNobodyAskedFor() throws Exception {
    try (RealNode node = new RealNode(directory);
        HoldfastClient other = HoldfastClient.connect(List.of(node.address()))) {
      CompletableFuture<CliRun> run =
          CompletableFuture.supplyAsync(() -> drill(node, "--seed", "1"));
      while (!hasMeddled(other)) {
        TimeUnit.MILLISECONDS.sleep(10);
      }

      assertThat(run.join().code()).as(run.toString()).isEqualTo(1);
      assertThat(run.join().out()).contains("Findings").contains("no call asked for");
      assertThat(run.join().err())
          .contains(" findings")
          .contains("not removed, to be looked at: stores drill-");
    }
  }

  @Test
  void shouldFailWhenAFaultFails() {
    try (RealNode node = new RealNode(directory)) {
      CliRun run = drill(node, "--every", "1", "--fault", "echo oops; false");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("--fault 'echo oops; false' ended with 1:\n  oops");
    }
  }

  private static boolean hasMeddled(HoldfastClient client) {
    Optional<StockLevel> item =
        Await.answer(client.listStock(ListStockRequest.getDefaultInstance()))
            .getStockList()
            .stream()
            .filter(each -> each.getStore().startsWith("drill-"))
            .findAny();
    return item.isPresent() && adjust(client, item.get());
  }

  private static boolean adjust(HoldfastClient client, StockLevel item) {
    AdjustStockRequest request =
        AdjustStockRequest.newBuilder()
            .setStore(item.getStore())
            .setSku(item.getSku())
            .setDelta(1)
            .setReason(AdjustmentReason.ADJUSTMENT_REASON_RECOUNT)
            .build();
    try {
      Await.answer(client.adjustStock(request));
      return true;
    } catch (RejectedException frozenOrDeleted) {
      return false;
    }
  }

  private static CliRun drill(RealNode node, String... options) {
    String[] all = {"drill", "--endpoint", node.address(), "--seconds", "4", "--clients", "6"};
    String[] line = Arrays.copyOf(all, all.length + options.length);
    System.arraycopy(options, 0, line, all.length, options.length);
    return CliRun.of(line);
  }
}
