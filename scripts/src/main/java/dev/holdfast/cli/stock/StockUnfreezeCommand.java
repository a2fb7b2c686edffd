package dev.holdfast.cli.stock;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.Earlier;
import dev.holdfast.cli.FencingTokens;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast stock unfreeze}. */
@Command(
    name = "unfreeze",
    mixinStandardHelpOptions = true,
    description = {"Unfreezes an item."},
    footer = {
      "",
      "Examples:",
      "  holdfast stock unfreeze Oslo TEA-1",
      "  holdfast stock unfreeze Oslo TEA-1 --reference audit-7",
    })
final class StockUnfreezeCommand implements Runnable {
  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Mixin private final ExpectedVersion expectedVersion = new ExpectedVersion();

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StockUnfreezeCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    SetItemFrozenRequest.Builder request =
        SetItemFrozenRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setFrozen(false)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens());
    expectedVersion.ifGiven(request::setExpectedVersion);
    try (HoldfastClient client = connection.stores()) {
      SetItemFrozenResponse response = Await.answer(client.terms().setItemFrozen(request.build()));
      Earlier.tell(response.getEarlier(), session);
      Change change = Change.of(response.getStock(), response.getPosition());
      output.print(Change.COLUMNS, List.of(change), session);
    }
  }
}
