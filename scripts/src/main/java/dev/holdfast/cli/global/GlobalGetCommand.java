package dev.holdfast.cli.global;

import com.google.common.collect.Lists;
import dev.holdfast.cli.Await;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.WaitFor;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast global get}. */
@Command(
    name = "get",
    description = {
      "Reads SKUs: per store, then (without a store) in total, with unmet demand.",
      "Exit code 0 when all exist, otherwise 1."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast global get TEA-1",
      "  holdfast global get TEA-1 TEA-2 -o csv",
      "  holdfast global get TEA-1 --wait-for 0:1812 -o json",
    })
@OnAggregator(whatThereIs = "holdfast global list")
final class GlobalGetCommand extends RemoteCommand implements Callable<Integer> {
  private static final int SKUS_MAX = 1_000;

  @Parameters(paramLabel = "SKU", arity = "1..*", description = "the SKU")
  private List<String> skus = List.of();

  @Mixin private final WaitFor waitFor = new WaitFor();

  @Override
  public Integer call() {
    List<Position> positions = waitFor.positions();
    Doubts doubts = new Doubts(err());
    long missing = 0;
    try (GlobalViewClient client = connection.global();
        RowWriter<Aged<GlobalRow>> writer =
            output.writer(Aged.columns(GlobalRow.COLUMNS, !output.isTable()))) {
      for (List<String> some : Lists.partition(skus, SKUS_MAX)) {
        for (BatchGetGlobalStockResponse answer : read(client, some, positions)) {
          for (GlobalStock stock : answer.getStockList()) {
            GlobalRow.of(stock).forEach(row -> writer.write(Aged.of(row, answer.getAsOfList())));
            doubts.add(stock);
          }
          doubts.add(answer.getAsOfList());
          answer.getMissingList().forEach(this::tellMissing);
          missing += answer.getMissingCount();
        }
      }
    }
    doubts.tellParked();
    return missing == 0 ? 0 : 1;
  }

  /** Splits a request whose answer would be too large into halves. */
  private static List<BatchGetGlobalStockResponse> read(
      GlobalViewClient client, List<String> skus, List<Position> waitFor) {
    try {
      return List.of(ask(client, skus, waitFor));
    } catch (HoldfastException e) {
      if (skus.size() == 1 || e.violations().stream().noneMatch(GlobalGetCommand::isOfAll)) {
        throw e;
      }
      List<BatchGetGlobalStockResponse> answers = new ArrayList<>();
      for (List<String> half : Lists.partition(skus, (skus.size() + 1) / 2)) {
        answers.addAll(read(client, half, waitFor));
      }
      return answers;
    }
  }

  private static boolean isOfAll(FieldViolation violation) {
    return violation.field().equals("skus");
  }

  private static BatchGetGlobalStockResponse ask(
      GlobalViewClient client, List<String> skus, List<Position> waitFor) {
    return Await.answer(
        client.batchGet(
            BatchGetGlobalStockRequest.newBuilder()
                .addAllSkus(skus)
                .addAllWaitFor(waitFor)
                .build()));
  }

  private void tellMissing(String sku) {
    err().println("NOT_FOUND: no store has SKU '" + sku + "'");
  }
}
