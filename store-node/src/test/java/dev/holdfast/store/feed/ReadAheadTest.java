package dev.holdfast.store.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.proto.feed.v1.ReadExportRequest;
import dev.holdfast.proto.feed.v1.ReadExportResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ReadAheadTest {
  private static final ReadExportResponse PAGE =
      ReadExportResponse.newBuilder().setLast(true).build();

  private final ReadAhead ahead = new ReadAhead();

  @Test
  void shouldGiveAPageOnceWhenItIsTheOneAskedFor() {
    ahead.read(behind("b"), () -> PAGE);

    assertThat(ahead.take(behind("a"))).isNull();
    assertThat(ahead.take(behind("b"))).isEqualTo(PAGE);
    assertThat(ahead.take(behind("b"))).isNull();
  }

  @Test
  void shouldKeepOnlyTheLastPage() {
    ahead.read(behind("a"), () -> PAGE);
    ahead.read(behind("b"), () -> PAGE);

    assertThat(ahead.take(behind("a"))).isNull();
    assertThat(ahead.take(behind("b"))).isEqualTo(PAGE);
  }

  @Test
  void shouldHaveItReadAnewWhenReadingFailed() {
    assertThatThrownBy(
            () ->
                ahead.read(
                    behind("a"),
                    () -> {
                      throw new IllegalStateException("disk");
                    }))
        .hasMessage("disk");

    assertThat(ahead.take(behind("a"))).isNull();
  }

  @Test
  void shouldWaitForAPageThatIsBeingRead() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () ->
                ahead.read(
                    behind("a"),
                    () -> {
                      reading.countDown();
                      awaitQuietly(goOn);
                      return PAGE;
                    }));
    assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<ReadExportResponse> taken =
        CompletableFuture.supplyAsync(() -> ahead.take(behind("a")));
    assertThat(taken).isNotDone();
    goOn.countDown();

    assertThat(taken.get(10, TimeUnit.SECONDS)).isEqualTo(PAGE);
    reader.get(10, TimeUnit.SECONDS);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ReadExportRequest behind(String sku) {
    return ReadExportRequest.newBuilder().setAfterStore("s").setAfterSku(sku).build();
  }
}
