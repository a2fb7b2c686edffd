package dev.holdfast.common.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TerminationTest {
  private record Ended(int code, String text) {}

  @Test
  void shouldStopAndThenRunTheHooksOfTheExit() throws Exception {
    assertThat(end("true")).isEqualTo(new Ended(0, "stopped hook"));
  }

  @Test
  void shouldEndAtOnceWhenItCouldNotStop() throws Exception {
    assertThat(end("false")).isEqualTo(new Ended(1, "stopped"));
  }

  @Test
  void shouldEndWhenThereIsNothingToStopYet() throws Exception {
    assertThat(end("starting")).isEqualTo(new Ended(143, "hook"));
  }

  /** All other threads of a node end while it stops. */
  @Test
  void shouldStopToTheEndThoughNoOtherThreadIsLeft() throws Exception {
    assertThat(end("alone")).isEqualTo(new Ended(0, "stopped hook"));
  }

  /** The process: runs until it gets a signal. */
  static final class Running {
    public static void main(String[] arguments) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      Termination termination = Termination.listen();
      boolean alone = arguments[0].equals("alone");
      CountDownLatch stops = new CountDownLatch(1);
      if (!arguments[0].equals("starting")) {
        termination.stopWith(
            () -> {
              if (alone) {
                stops.countDown();
                Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(500));
              }
              System.out.println("stopped");
              return alone || Boolean.parseBoolean(arguments[0]);
            });
      }
      System.out.println("up");
      stops.await();
    }
  }

  private static Ended end(String clean) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Running.class.getName(),
                clean)
            .start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo("up");
      new ProcessBuilder("kill", Long.toString(process.pid())).start().waitFor();
      return new Ended(process.waitFor(), out.lines().collect(Collectors.joining(" ")));
    } finally {
      process.destroyForcibly();
    }
  }
}
