package dev.holdfast.common.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.common.util.concurrent.ListenableFuture;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

final class CallMetricsInterceptorTest {
  private static final String GET_STOCK = "holdfast.inventory.v1.InventoryService/GetStock";

  private final ServerFixture fixture = new ServerFixture();
  private final Logger logger = (Logger) LoggerFactory.getLogger(SlowCallLog.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void close() {
    logger.detachAppender(logged);
    fixture.close();
  }

  @Test
  void shouldTimeCallsByMethodAndCode() {
    var unused = fixture.client().getStock(ServerFixture.store("berlin"));
    unused = fixture.client().getStock(ServerFixture.store("berlin"));
    assertThatThrownBy(() -> fixture.client().getStock(ServerFixture.store("busy")))
        .isInstanceOf(StatusRuntimeException.class);

    assertThat(timer("OK").count()).isEqualTo(2);
    assertThat(timer("UNAVAILABLE").count()).isEqualTo(1);
  }

  @Test
  void shouldCountRefusalsByReason() {
    assertThatThrownBy(() -> fixture.client().getStock(ServerFixture.store("busy")))
        .isInstanceOf(StatusRuntimeException.class);

    double refusals =
        fixture
            .registry
            .get("holdfast.grpc.server.refusals")
            .tags("method", GET_STOCK, "reason", "OVERLOADED")
            .counter()
            .count();
    assertThat(refusals).isEqualTo(1);
  }

  @Test
  void shouldLogOneRefusedCallASecondAndCountTheOthers() {
    Logger refusals = (Logger) LoggerFactory.getLogger(RefusedCallLog.class);
    refusals.addAppender(logged);
    try {
      for (int call = 0; call < 3; call++) {
        fixture.nanos.addAndGet(call == 2 ? Duration.ofSeconds(1).toNanos() : 0);
        assertThatThrownBy(() -> fixture.client().getStock(ServerFixture.store("busy")))
            .isInstanceOf(StatusRuntimeException.class);
      }
    } finally {
      refusals.detachAppender(logged);
    }

    assertThat(logged.list)
        .extracting(event -> event.getKeyValuePairs().get(1))
        .containsExactly(
            new KeyValuePair("more_refused_calls", 0L), new KeyValuePair("more_refused_calls", 1L));
    assertThat(logged.list)
        .allSatisfy(
            event -> {
              assertThat(event.getFormattedMessage())
                  .startsWith(GET_STOCK + " was refused: OVERLOADED: ");
              assertThat(event.getKeyValuePairs().get(0).key).isEqualTo("request_id");
            });
  }

  @Test
  void shouldCountCallsInFlight() {
    ListenableFuture<GetStockResponse> answer = startSlowCall("r-1");

    assertThat(inFlight("unary")).isEqualTo(1);

    FakeInventory.answer(fixture.inventory.unanswered.get(0));
    await().until(answer::isDone);
    assertThat(inFlight("unary")).isZero();
  }

  @Test
  void shouldEndACallWhenTheCallerGoesAway() {
    ListenableFuture<GetStockResponse> answer = startSlowCall("r-1");

    answer.cancel(true);

    await().until(() -> inFlight("unary") == 0);
    assertThat(timer("CANCELLED").count()).isEqualTo(1);
  }

  @Test
  void shouldLogCallsThatTakeLongWithTheirId() {
    ListenableFuture<GetStockResponse> answer = startSlowCall("order-42");
    fixture.nanos.addAndGet(Duration.ofMillis(1234).toNanos());

    FakeInventory.answer(fixture.inventory.unanswered.get(0));
    await().until(answer::isDone);

    assertThat(logged.list)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getFormattedMessage())
                  .isEqualTo(GET_STOCK + " took 1234 ms and ended with OK");
              assertThat(event.getKeyValuePairs())
                  .containsExactly(
                      new KeyValuePair("request_id", "order-42"),
                      new KeyValuePair("more_slow_calls", 0L));
            });
    assertThat(timer("OK").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1234);
  }

  @Test
  void shouldLogOneSlowCallASecondAndCountTheOthers() {
    SlowCallLog log = new SlowCallLog("m");
    long second = Duration.ofSeconds(1).toNanos();

    log.ended("r-1", Status.Code.OK, 2 * second, 10 * second);
    log.ended("r-2", Status.Code.OK, 2 * second, 10 * second + 1);
    log.ended("r-3", Status.Code.OK, 2 * second, 11 * second - 1);
    log.ended("r-4", Status.Code.OK, 2 * second, 11 * second);

    assertThat(logged.list)
        .extracting(event -> event.getKeyValuePairs().toString())
        .containsExactly(
            List.of(new KeyValuePair("request_id", "r-1"), new KeyValuePair("more_slow_calls", 0L))
                .toString(),
            List.of(new KeyValuePair("request_id", "r-4"), new KeyValuePair("more_slow_calls", 2L))
                .toString());
  }

  @Test
  void shouldNotLogCallsOfUsualLength() {
    var unused = fixture.client().getStock(ServerFixture.store("berlin"));

    assertThat(logged.list).isEmpty();
  }

  @Test
  void shouldNotTimeStreams() {
    var health = HealthGrpc.newBlockingStub(fixture.channel);
    var statuses = health.watch(HealthCheckRequest.getDefaultInstance());
    assertThat(statuses.hasNext()).isTrue();
    assertThat(inFlight("stream")).isEqualTo(1);

    fixture.channel.shutdownNow();

    await().until(() -> inFlight("stream") == 0);
    assertThat(fixture.registry.find("holdfast.grpc.server.calls").timers()).isEmpty();
  }

  private ListenableFuture<GetStockResponse> startSlowCall(String requestId) {
    var client =
        InventoryServiceGrpc.newFutureStub(fixture.channel)
            .withInterceptors(ServerFixture.sending(requestId));
    ListenableFuture<GetStockResponse> answer = client.getStock(ServerFixture.store("slow"));
    await().until(() -> !fixture.inventory.unanswered.isEmpty());
    return answer;
  }

  private Timer timer(String code) {
    return fixture
        .registry
        .get("holdfast.grpc.server.calls")
        .tags("method", GET_STOCK, "code", code)
        .timer();
  }

  private double inFlight(String kind) {
    return fixture.registry.get("holdfast.grpc.server.in.flight").tag("kind", kind).gauge().value();
  }
}
