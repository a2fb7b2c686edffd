package dev.holdfast.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link TransferStormIT}, with processes that get a kill -9, where there is no Docker. */
class TransferKillIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final int PORT_BASE = 26_300;
  private static final int AGGREGATOR_PLACE = 11;
  private static final int SECONDS_MAX = 180;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<String> NODES = List.of("node-a", "node-b", "node-c");

  @TempDir static Path temporary;

  @BeforeAll
  static void start() throws Exception {
    cluster("up", "--insecure", "--port-base", Integer.toString(PORT_BASE));
    String quantity = Long.toString(TransferStorm.OPENING);
    for (String store : TransferStorm.STORES) {
      holdfast("stock", "create", store, TransferStorm.SKU, "--quantity", quantity);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    cluster("down");
  }

  @Test
  void shouldConserveEveryUnitThroughKills() throws Exception {
    List<String> endpoints =
        IntStream.rangeClosed(1, NODES.size())
            .mapToObj(i -> "127.0.0.1:" + (PORT_BASE + i))
            .toList();
    ClientSettings settings = ClientSettings.at(endpoints).withBudget(PATIENCE);
    try (HoldfastClient client = HoldfastClient.connect(settings)) {
      TransferStorm storm = new TransferStorm().by(client.transfers());
      for (String node : NODES) {
        storm.blow();
        cluster("kill", node);
        storm.blow();
        cluster("start", node);
        storm.calm();
      }
      await().atMost(PATIENCE).until(() -> storm.arriving() == 0);

      long inTransit = storm.inTransit();
      assertThat(holdfast("verify", "-o", "csv"))
          .contains("\n%d,%d,true,0\n".formatted(inTransit, inTransit));
      assertThat(TransferStorm.onHand(holdfast("stock", "list", "--all", "-o", "csv")) + inTransit)
          .as("seed " + TransferStorm.SEED)
          .isEqualTo(TransferStorm.STORES.size() * TransferStorm.OPENING);
    }
  }

  private static void cluster(String... arguments) throws Exception {
    Stream<String> command =
        Stream.of(
                Stream.of(HOME.resolve("scripts/cluster").toString()),
                Stream.of(arguments),
                Stream.of("--dir", temporary.resolve("cluster").toString()))
            .flatMap(words -> words);
    execute(command.toList());
  }

  private static String holdfast(String... arguments) throws Exception {
    String script = HOME.resolve("scripts/holdfast").toString();
    return execute(Stream.concat(Stream.of(script), Stream.of(arguments)).toList());
  }

  /** What it printed; fails with that when its exit code is not 0. */
  private static String execute(List<String> command) throws Exception {
    Path output = Files.createTempFile(temporary, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment());
    Process process = builder.start();
    boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String printed = Files.readString(output, UTF_8);
    assertThat(ended).as("%s ends: %s", command, printed).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, printed).isZero();
    return printed;
  }

  private static Map<String, String> environment() {
    return Map.of(
        "HOLDFAST_ENDPOINT", "127.0.0.1:" + (PORT_BASE + 1),
        "HOLDFAST_AGGREGATOR", "127.0.0.1:" + (PORT_BASE + AGGREGATOR_PLACE));
  }
}
