package dev.holdfast.common.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ScrapesTest {
  /** Whatever callers say that they accept, there are few forms to make. */
  @Test
  void shouldShareWhatIsMadeAmongAllWhoAskForTheSameForm() throws Exception {
    try (Telemetry telemetry = Telemetry.of("node-a")) {
      Scrapes scrapes = new Scrapes(telemetry);
      List<CompletableFuture<Telemetry.Exposition>> asked = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        asked.add(scrapes.get("text/plain; q=0." + i));
      }

      for (var each : asked) {
        assertThat(new String(each.get(30, TimeUnit.SECONDS).content(), UTF_8))
            .contains("jvm_info");
      }
      assertThat(asked.stream().distinct().count()).isLessThan(100);
    }
  }
}
