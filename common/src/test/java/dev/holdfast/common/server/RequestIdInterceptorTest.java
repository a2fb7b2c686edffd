package dev.holdfast.common.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RequestIdInterceptorTest {
  private final ServerFixture fixture = new ServerFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldKeepTheCallersId() {
    var unused = fixture.client("order-42").getStock(ServerFixture.store("berlin"));

    assertThat(fixture.inventory.requestIds).containsExactly("order-42");
    assertThat(fixture.idInHeaders()).isEqualTo("order-42");
  }

  @Test
  void shouldMakeAnIdWhenTheCallerHasNone() {
    var unused = fixture.client().getStock(ServerFixture.store("berlin"));

    String id = fixture.inventory.requestIds.get(0);
    assertThat(UUID.fromString(id)).hasToString(id);
    assertThat(fixture.idInHeaders()).isEqualTo(id);
  }

  @Test
  void shouldReplaceAnIdThatIsTooLong() {
    var unused = fixture.client("x".repeat(129)).getStock(ServerFixture.store("berlin"));

    assertThat(fixture.inventory.requestIds.get(0)).hasSize(36);
  }

  @Test
  void shouldReturnTheIdWithARefusal() {
    assertThatThrownBy(() -> fixture.client("order-43").getStock(ServerFixture.store("busy")))
        .isInstanceOf(StatusRuntimeException.class);

    assertThat(fixture.idInTrailers()).isEqualTo("order-43");
  }

  @Test
  void shouldHaveNoIdOutsideOfCalls() {
    assertThat(RequestIdInterceptor.current()).isEmpty();
  }
}
