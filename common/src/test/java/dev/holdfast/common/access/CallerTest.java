package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.server.GrpcServer;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CallerTest {
  @Test
  void shouldBeNobodyWhereNoCallIsServed() {
    assertThatThrownBy(Caller::current).isInstanceOf(IllegalStateException.class);
  }

  /** Whoever forgets to take the caller along gets nothing, rather than everything. */
  @Test
  void shouldNotFollowATaskToAnotherThread() throws Exception {
    CompletableFuture<Caller> handedOver =
        Caller.ANYBODY
            .in(Context.ROOT)
            .call(
                () -> {
                  assertThat(Caller.current()).isSameAs(Caller.ANYBODY);
                  return CompletableFuture.supplyAsync(Caller::current);
                });

    assertThatThrownBy(handedOver::join).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldBeAnybodyInEveryCallWhileSecurityIsOff() {
    Access open = Access.open();
    GrpcServer server =
        open.guard(GrpcServer.builder("127.0.0.1", 0, "test"))
            .service(new AccessService(open, "node-a"))
            .start();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    try {
      var answer =
          AccessServiceGrpc.newBlockingStub(channel).whoAmI(WhoAmIRequest.getDefaultInstance());

      assertThat(answer.getPrincipal()).isEqualTo(Principal.ANONYMOUS.text());
      assertThat(answer.getSecurityMode()).isEqualTo("off");
    } finally {
      channel.shutdownNow();
      server.close();
    }
  }
}
