package dev.holdfast.cli.stock;

import dev.holdfast.cli.FencingTokens;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.inventory.v1.EarlierAnswer;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that changes one item. */
abstract class ItemChangeCommand extends RemoteCommand implements Runnable {
  @Mixin final ItemArguments item = new ItemArguments();
  @Mixin final MutationOptions mutation = new MutationOptions();
  @Mixin final FencingTokens fencing = new FencingTokens();

  final void print(EarlierAnswer earlier, StockLevel after, Position position) {
    tell(earlier);
    output.print(ChangedItem.COLUMNS, List.of(new ChangedItem("", after, position)));
  }
}
