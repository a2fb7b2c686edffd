package dev.holdfast.cli.access;

import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.output.Column;
import dev.holdfast.common.client.AccessClient;
import dev.holdfast.proto.cluster.v1.AccessGrant;
import dev.holdfast.proto.cluster.v1.WhoAmIResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast whoami}. */
@Command(
    name = "whoami",
    description = {
      "Shows who you are to the nodes, and what you are granted: one row for each grant.",
      "That is who stands in the events that you cause. With security.mode=off everybody is"
          + " anonymous."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast whoami",
      "  holdfast whoami --of-aggregator -o json",
    })
public final class WhoAmICommand extends RemoteCommand implements Runnable {
  @Mixin private final AskedNodes nodes = new AskedNodes();

  /** A grant, or none, and whose it is. */
  private record Row(WhoAmIResponse who, AccessGrant grant) {}

  private static final List<Column<Row>> COLUMNS =
      List.of(
          new Column<>("principal", row -> row.who.getPrincipal()),
          new Column<>("role", row -> row.grant.getRole()),
          new Column<>("stores", row -> String.join(" ", row.grant.getStoresList())),
          new Column<>("node", row -> row.who.getNodeId()),
          new Column<>("security_mode", row -> row.who.getSecurityMode()));

  @Override
  public void run() {
    WhoAmIResponse who = nodes.ask(connection, AccessClient::whoAmI);
    List<AccessGrant> grants =
        who.getGrantsCount() == 0 ? List.of(AccessGrant.getDefaultInstance()) : who.getGrantsList();
    output.print(COLUMNS, grants.stream().map(grant -> new Row(who, grant)).toList());
  }
}
