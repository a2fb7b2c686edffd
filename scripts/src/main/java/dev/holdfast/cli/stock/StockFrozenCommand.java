package dev.holdfast.cli.stock;

import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Freezes or unfreezes an item. */
abstract class StockFrozenCommand extends ItemChangeCommand {
  private final boolean frozen;

  @Mixin private final ExpectedVersion expectedVersion = new ExpectedVersion();

  StockFrozenCommand(boolean frozen) {
    this.frozen = frozen;
  }

  @Override
  public final void run() {
    SetItemFrozenRequest.Builder request =
        SetItemFrozenRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setFrozen(frozen)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens());
    expectedVersion.ifGiven(request::setExpectedVersion);
    SetItemFrozenResponse response = ask(client -> client.terms().setItemFrozen(request.build()));
    print(response.getEarlier(), response.getStock(), response.getPosition());
  }

  /** {@code holdfast stock freeze}. */
  @Command(
      name = "freeze",
      description = {
        "Freezes an item: selling, reserving and adjusting it is refused.",
        "Releases, counts and arriving transfers still work."
      },
      footer = {
        "",
        "Examples:",
        "  holdfast stock freeze Oslo TEA-1",
        "  holdfast stock freeze Oslo TEA-1 --reference audit-7",
      })
  static final class Freeze extends StockFrozenCommand {
    Freeze() {
      super(true);
    }
  }

  /** {@code holdfast stock unfreeze}. */
  @Command(
      name = "unfreeze",
      description = "Unfreezes an item.",
      footer = {
        "",
        "Examples:",
        "  holdfast stock unfreeze Oslo TEA-1",
        "  holdfast stock unfreeze Oslo TEA-1 --reference audit-7",
      })
  static final class Unfreeze extends StockFrozenCommand {
    Unfreeze() {
      super(false);
    }
  }
}
