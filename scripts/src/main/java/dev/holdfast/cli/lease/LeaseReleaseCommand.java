package dev.holdfast.cli.lease;

import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.PositionText;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast lease release}. */
@Command(
    name = "release",
    description = {"Releases a lease."},
    footer = {
      "",
      "Examples:",
      "  holdfast lease release Oslo TEA-1 4711",
    })
final class LeaseReleaseCommand extends RemoteCommand implements Runnable {
  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(index = "2", paramLabel = "TOKEN", description = "the token printed by acquire")
  private long token;

  @Override
  public void run() {
    ReleaseLeaseRequest request =
        ReleaseLeaseRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setToken(token)
            .build();
    ReleaseLeaseResponse response = ask(client -> client.leases().release(request));
    List<Column<ReleaseLeaseResponse>> columns =
        List.of(new Column<>("store", row -> item.store()), new Column<>("sku", row -> item.sku()));
    output.print(
        Column.join(columns, Column.of(ReleaseLeaseResponse::getPosition, PositionText.COLUMNS)),
        List.of(response));
  }
}
