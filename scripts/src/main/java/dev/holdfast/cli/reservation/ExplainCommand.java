package dev.holdfast.cli.reservation;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.OutputOptions.Section;
import dev.holdfast.cli.ReadFreshness;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.history.HistoryColumns;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.proto.inventory.v1.ExplainStockRequest;
import dev.holdfast.proto.inventory.v1.ExplainStockResponse;
import dev.holdfast.proto.inventory.v1.Hold;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.Movement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast explain}. */
@Command(
    name = "explain",
    description = {
      "Explains the available quantity of an item: a sentence, its level, the reservations that hold it, and, when an",
      "aggregator answers, its last movements."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast explain Oslo TEA-1",
      "  holdfast explain Oslo TEA-1 --holds 20 --movements 3 -o json",
    })
public final class ExplainCommand extends RemoteCommand implements Runnable {
  private static final Section<ExplainStockResponse> ITEM =
      new Section<>(
          "item",
          "The item",
          List.of(
              new Column<>("store", found -> found.getStock().getStore()),
              new Column<>("sku", found -> found.getStock().getSku()),
              new Column<>("on_hand", found -> found.getStock().getOnHand()),
              new Column<>("reserved", found -> found.getStock().getReserved()),
              new Column<>("available", found -> found.getStock().getAvailable()),
              new Column<>("safety_stock", ExplainStockResponse::getSafetyStock),
              new Column<>("reservable", ExplainStockResponse::getReservable),
              new Column<>("frozen", ExplainStockResponse::getFrozen),
              new Column<>("version", found -> found.getStock().getVersion()),
              new Column<>("lease_holder", found -> found.getLease().getHolder()),
              new Column<>("lease_expires", ExplainCommand::leaseExpires),
              new Column<>("partition", found -> found.getAsOf().getPartition()),
              new Column<>("sequence", found -> found.getAsOf().getSequence())));

  private static final Section<Hold> HOLD =
      new Section<>(
          "hold",
          "Who holds it",
          List.of(
              new Column<>("reservation_id", Hold::getReservationId),
              new Column<>("quantity", Hold::getQuantity),
              new Column<>("holder", Hold::getHolder),
              new Column<>("reference", Hold::getReference),
              new Column<>("created", hold -> Moments.text(hold.getCreatedMillis())),
              new Column<>("expires", hold -> Moments.text(hold.getExpiresMillis()))));

  private static final Section<Movement> MOVEMENT =
      new Section<>("movement", "What happened to it, the newest first", HistoryColumns.MOVEMENT);

  private static final int MOVEMENTS_MAX = 1_000;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Option(
      names = "--holds",
      paramLabel = "N",
      defaultValue = "100",
      description = "maximum number of reservations, up to 10000 (default: ${DEFAULT-VALUE})")
  private int holds;

  @Option(
      names = "--movements",
      paramLabel = "N",
      defaultValue = "10",
      description = "number of last movements, 0 for none (default: ${DEFAULT-VALUE})")
  private int movements;

  @Mixin private final ReadFreshness freshness = new ReadFreshness();

  private static @Nullable String leaseExpires(ExplainStockResponse found) {
    return found.hasLease() ? Moments.text(found.getLease().getExpiresMillis()) : null;
  }

  /** Sums the item up in a sentence, for people. */
  private static String sentence(ExplainStockResponse found) {
    String sum =
        "%d can be reserved: %d on hand, %d held, %d safety stock."
            .formatted(
                found.getReservable(),
                found.getStock().getOnHand(),
                found.getStock().getReserved(),
                found.getSafetyStock());
    return found.getFrozen() ? sum + " The item is frozen: nothing of it moves." : sum;
  }

  @Override
  public void run() {
    UsageException.requireRange("--movements", movements, 0, MOVEMENTS_MAX);
    ExplainStockRequest request =
        ExplainStockRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setHoldsMax(holds)
            .setRead(freshness.options())
            .build();
    try (HoldfastClient client = connection.stores()) {
      ExplainStockResponse found = Await.answer(client.explainStock(request));
      if (output.isTable()) {
        out().println(sentence(found));
        out().println();
      }
      output.section(ITEM, List.of(found));
      output.section(HOLD, found.getHoldsList());
      if (found.getMoreHolds()) {
        err().println("more reservations hold it: --holds lists more");
      }
      if (movements > 0) {
        printMovements(found);
      }
    }
  }

  /** Asks an aggregator for the last movements; without one, only these are missing. */
  private void printMovements(ExplainStockResponse found) {
    ListMovementsRequest request =
        ListMovementsRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setPageSize(movements)
            .addWaitFor(found.getAsOf())
            .build();
    try (GlobalViewClient aggregators = connection.global()) {
      List<Movement> last = Await.answer(aggregators.movements(request)).getMovementsList();
      output.section(MOVEMENT, last);
    } catch (HoldfastException e) {
      err().println("the last movements are not known: " + e.getMessage());
    }
  }
}
