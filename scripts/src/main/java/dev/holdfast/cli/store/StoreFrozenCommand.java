package dev.holdfast.cli.store;

import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.PositionText;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Freezes or unfreezes a store. */
abstract class StoreFrozenCommand extends RemoteCommand implements Runnable {
  private final boolean frozen;

  @Parameters(paramLabel = "STORE", description = "the store")
  private String store = "";

  @Mixin private final MutationOptions mutation = new MutationOptions();

  StoreFrozenCommand(boolean frozen) {
    this.frozen = frozen;
  }

  @Override
  public final void run() {
    SetStoreFrozenRequest request =
        SetStoreFrozenRequest.newBuilder()
            .setStore(store)
            .setFrozen(frozen)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .build();
    SetStoreFrozenResponse response = ask(client -> client.terms().setStoreFrozen(request));
    tell(response.getEarlier());
    List<Column<SetStoreFrozenResponse>> columns =
        List.of(new Column<>("store", row -> store), new Column<>("frozen", row -> frozen));
    output.print(
        Column.join(columns, Column.of(SetStoreFrozenResponse::getPosition, PositionText.COLUMNS)),
        List.of(response));
  }

  /** {@code holdfast store freeze}. */
  @Command(
      name = "freeze",
      description = "Freezes a store: selling, reserving, adjusting and creating items is refused.",
      footer = {
        "",
        "Examples:",
        "  holdfast store freeze Oslo",
        "  holdfast store freeze Oslo --reference stock-take-2026",
      })
  static final class Freeze extends StoreFrozenCommand {
    Freeze() {
      super(true);
    }
  }

  /** {@code holdfast store unfreeze}. */
  @Command(
      name = "unfreeze",
      description = "Unfreezes a store.",
      footer = {
        "",
        "Examples:",
        "  holdfast store unfreeze Oslo",
        "  holdfast store unfreeze Oslo --reference stock-take-2026",
      })
  static final class Unfreeze extends StoreFrozenCommand {
    Unfreeze() {
      super(false);
    }
  }
}
