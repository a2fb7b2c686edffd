package dev.holdfast.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.cluster.v1.AccessGrant;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc.AccessServiceImplBase;
import dev.holdfast.proto.cluster.v1.TestAccessRequest;
import dev.holdfast.proto.cluster.v1.TestAccessResponse;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import dev.holdfast.proto.cluster.v1.WhoAmIResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AccessCommandsTest {
  private final Access access = new Access();
  private final FakeCluster cluster = new FakeCluster(access);

  /** One who knows alice, and lets her change Oslo. */
  private static final class Access extends AccessServiceImplBase {
    private boolean known = true;
    private boolean denied;
    private List<AccessGrant> grants =
        List.of(
            AccessGrant.newBuilder()
                .setRole("operator")
                .addAllStores(List.of("Berlin-*", "Oslo"))
                .build(),
            AccessGrant.newBuilder().setRole("scraper").addStores("*").build());

    @Override
    public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> out) {
      if (!known) {
        out.onError(Statuses.exception(new Refusal(Reason.UNAUTHENTICATED, "sign in")));
        return;
      }
      out.onNext(
          WhoAmIResponse.newBuilder()
              .setPrincipal("user/alice")
              .addAllGrants(grants)
              .setSecurityMode("tls")
              .setNodeId("node-a")
              .build());
      out.onCompleted();
    }

    @Override
    public void testAccess(TestAccessRequest request, StreamObserver<TestAccessResponse> out) {
      if (denied) {
        out.onError(Statuses.exception(new Refusal(Reason.PERMISSION_DENIED, "admins only")));
        return;
      }
      boolean allowed = request.getStore().equals("Oslo");
      out.onNext(
          TestAccessResponse.newBuilder()
              .setAllowed(allowed)
              .setMethod("holdfast.inventory.v1.InventoryService/" + request.getMethod())
              .setRole("operator")
              .setRefusal(allowed ? "" : request.getPrincipal() + " needs the role operator")
              .build());
      out.onCompleted();
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private CliRun run(String... arguments) {
    return CliRun.of(
        Stream.concat(
                Stream.of(arguments),
                Stream.of(
                    "--endpoint",
                    cluster.address(),
                    "--aggregator",
                    cluster.address(),
                    "-o",
                    "csv"))
            .toArray(String[]::new));
  }

  @Test
  void shouldShowWhoOneIs() {
    for (String[] command : new String[][] {{"whoami"}, {"whoami", "--of-aggregator"}}) {
      CliRun run = run(command);

      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out())
          .isEqualTo(
              """
              principal,role,stores,node,security_mode
              user/alice,operator,Berlin-* Oslo,node-a,tls
              user/alice,scraper,*,node-a,tls
              """);
    }
  }

  @Test
  void shouldShowWhoHasNoGrants() {
    access.grants = List.of();

    assertThat(run("whoami").out()).contains("\nuser/alice,,,node-a,tls\n");
  }

  @Test
  void shouldSayWhatToDoWhenTheNodesDoNotKnowOne() {
    access.known = false;

    CliRun run = run("whoami");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("UNAUTHENTICATED: sign in", "name a directory with a certificate");
  }

  @Test
  void shouldSayWhereToSeeWhatOneMayDo() {
    access.denied = true;

    CliRun run = run("access", "test", "user/alice", "AdjustStock");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("PERMISSION_DENIED: admins only", "see what you may do: holdfast whoami");
  }

  @Test
  void shouldTestAccess() {
    CliRun allowed = run("access", "test", "user/alice", "AdjustStock", "Oslo");
    CliRun refused = run("access", "test", "user/alice", "AdjustStock", "--of-aggregator");

    assertThat(allowed.code()).as(allowed.err()).isZero();
    assertThat(allowed.out())
        .isEqualTo(
            """
            allowed,method,needs,refusal
            true,holdfast.inventory.v1.InventoryService/AdjustStock,operator,
            """);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out())
        .contains(
            "false,holdfast.inventory.v1.InventoryService/AdjustStock,operator,"
                + "user/alice needs the role operator");
  }
}
