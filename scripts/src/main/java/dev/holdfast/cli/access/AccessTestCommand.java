package dev.holdfast.cli.access;

import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.cluster.v1.TestAccessRequest;
import dev.holdfast.proto.cluster.v1.TestAccessResponse;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast access test}. */
@Command(
    name = "test",
    description = {
      "Tests whether somebody may call a method, for admins. Nothing is called.",
      "It goes by the file of grants of the node that answers: what a token claims is not known to it.",
      "Exit code 0 when it is allowed, otherwise 1."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast access test user/alice AdjustStock Oslo",
      "  holdfast access test service/shop holdfast.feed.v1.WatchService/Watch",
      "  holdfast access test 'https://login.example|8f3a' StopSync --of-aggregator",
    })
final class AccessTestCommand extends RemoteCommand implements Callable<Integer> {
  @Mixin private final AskedNodes nodes = new AskedNodes();

  @Parameters(
      paramLabel = "PRINCIPAL",
      index = "0",
      description = "as in events: user/ID, service/ID, node/ID, or ISSUER|SUBJECT of a token")
  private String principal = "";

  @Parameters(
      paramLabel = "METHOD",
      index = "1",
      description = "a gRPC method, for example AdjustStock; with its service if several have it")
  private String method = "";

  @Parameters(
      paramLabel = "STORE",
      index = "2",
      arity = "0..1",
      description = "the store that the request would name (default: none)")
  private String store = "";

  private static final List<Column<TestAccessResponse>> COLUMNS =
      List.of(
          new Column<>("allowed", TestAccessResponse::getAllowed),
          new Column<>("method", TestAccessResponse::getMethod),
          new Column<>("needs", TestAccessResponse::getRole),
          new Column<>("refusal", TestAccessResponse::getRefusal));

  @Override
  public Integer call() {
    TestAccessRequest request =
        TestAccessRequest.newBuilder()
            .setPrincipal(principal)
            .setMethod(method)
            .setStore(store)
            .build();
    TestAccessResponse tested = nodes.ask(connection, access -> access.test(request));
    output.print(COLUMNS, List.of(tested));
    return tested.getAllowed() ? 0 : 1;
  }
}
