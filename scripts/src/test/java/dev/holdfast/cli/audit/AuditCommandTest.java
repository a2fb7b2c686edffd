package dev.holdfast.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.common.audit.AuditEvent;
import dev.holdfast.common.audit.AuditKind;
import dev.holdfast.common.audit.AuditOutcome;
import dev.holdfast.common.audit.AuditStream;
import dev.holdfast.common.config.AuditKeys;
import dev.holdfast.common.config.ByteSize;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditCommandTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir private Path data;

  private record Keys(
      Path dir,
      ByteSize fileBytes,
      Duration fileAge,
      int filesMax,
      ByteSize bytesMax,
      int refusalsPerSecond,
      int actionsPerSecond,
      int queueMax)
      implements AuditKeys {}

  @BeforeEach
  void write() {
    write("node-a", NOON, "user/alice");
    write("node-b", NOON.plusSeconds(1), "user/bob");
  }

  private void write(String node, Instant time, String principal) {
    Keys keys =
        new Keys(
            Path.of("audit"),
            new ByteSize(1 << 20),
            Duration.ofDays(1),
            10,
            new ByteSize(1 << 24),
            10,
            100,
            1_000);
    try (AuditStream stream =
        AuditStream.start(
            keys, data.resolve(node), node, new SimpleMeterRegistry(), InstantSource.fixed(time))) {
      stream.record(
          new AuditEvent(
              AuditKind.DENIED,
              AuditOutcome.REFUSED,
              principal,
              "192.0.2.7",
              "r-1",
              Map.of("method", "AdjustStock")));
      stream.record(
          new AuditEvent(
              AuditKind.ADMIN, AuditOutcome.DONE, principal, "192.0.2.7", "r-2", Map.of()));
    }
  }

  private String of(String node) {
    return data.resolve(node).toString();
  }

  private List<String> stored(String node) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve(node).resolve("audit"))) {
      return Files.readAllLines(files.findFirst().orElseThrow());
    }
  }

  private void change(String node, int line, String from, String to) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve(node).resolve("audit"))) {
      Path file = files.findFirst().orElseThrow();
      List<String> lines = Files.readAllLines(file);
      lines.set(line, lines.get(line).replace(from, to));
      Files.writeString(file, String.join("\n", lines) + "\n");
    }
  }

  @Test
  void shouldShowTheLinesOfSeveralNodesByTime() {
    CliRun run = CliRun.of("audit", "show", of("node-b"), of("node-a"), "-o", "csv");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines().map(line -> line.split(",", 4)).map(c -> c[1] + " " + c[2]))
        .containsExactly(
            "node what",
            "node-a audit.started",
            "node-a access.denied",
            "node-a admin.action",
            "node-a audit.stopped",
            "node-b audit.started",
            "node-b access.denied",
            "node-b admin.action",
            "node-b audit.stopped");
    assertThat(run.out())
        .contains(
            "2026-05-01T12:00:00Z,node-a,access.denied,refused,user/alice,192.0.2.7,method=AdjustStock,r-1,2");
  }

  @Test
  void shouldPrintJsonAsItStandsInTheFile() throws IOException {
    CliRun run = CliRun.of("audit", "show", of("node-a"), "-o", "json");

    assertThat(run.out().lines()).containsExactlyElementsOf(stored("node-a"));
  }

  @Test
  void shouldShowWhatIsAskedForOnly() {
    assertThat(shown("--principal", "user/bob")).containsExactly("access.denied", "admin.action");
    assertThat(shown("--principal", "user/bob", "--refused")).containsExactly("access.denied");
    assertThat(shown("--what", "admin")).containsExactly("admin.action", "admin.action");
    assertThat(shown("--what", "admin.action", "--limit", "1")).containsExactly("admin.action");
    assertThat(shown("--since", "2026-05-01T12:00:01Z")).hasSize(4);
    assertThat(shown("--since", "2026-05-02")).isEmpty();
    assertThat(shown("--principal", "")).containsOnly("audit.started", "audit.stopped").hasSize(4);
  }

  private List<String> shown(String... options) {
    List<String> command =
        Stream.concat(
                Stream.of("audit", "show", of("node-a"), of("node-b"), "-o", "csv"),
                Stream.of(options))
            .toList();
    return CliRun.of(command.toArray(String[]::new))
        .out()
        .lines()
        .skip(1)
        .map(line -> line.split(",", 4)[2])
        .toList();
  }

  @Test
  void shouldProveStreamsThatAreWhole() {
    CliRun run = CliRun.of("audit", "verify", of("node-a"), of("node-b"), "-o", "json");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("\"lines\":4,\"first_seq\":1,\"last_seq\":4,\"problems\":0"));
  }

  @Test
  void shouldFailWhenALineWasChanged() throws IOException {
    change("node-b", 1, "user/bob", "user/eve");

    CliRun run = CliRun.of("audit", "verify", of("node-a"), of("node-b"), "-o", "json");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "audit-000000000000000001.jsonl, line 3: does not follow the line before it; one of"
                + " them was changed or removed");
  }

  @Test
  void shouldCompareWithAHashThatWasKeptElsewhere() throws IOException {
    String json = CliRun.of("audit", "verify", of("node-a"), "-o", "json").out();
    String hash = json.replaceAll("(?s).*\"last_hash\":\"([0-9a-f]{64})\".*", "$1");

    assertThat(CliRun.of("audit", "verify", of("node-a"), "--anchor", "4:" + hash).code()).isZero();
    change("node-a", 3, "audit.stopped", "admin.action");
    assertThat(CliRun.of("audit", "verify", of("node-a")).code()).isZero();
    CliRun run = CliRun.of("audit", "verify", of("node-a"), "--anchor", "4:" + hash);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("has another hash than the one");
  }

  @Test
  void shouldSayWhatIsWrongWithTheCommandLine() {
    assertThat(CliRun.of("audit", "verify", of("node-c")).err())
        .contains("DIR: no audit stream can be read there: ");
    assertThat(CliRun.of("audit", "verify", of("node-a"), "--anchor", "4").err())
        .contains("--anchor: '4' must be SEQ:HASH");
    assertThat(
            CliRun.of(
                    "audit",
                    "verify",
                    of("node-a"),
                    of("node-b"),
                    "--anchor",
                    "4:" + "0".repeat(64))
                .code())
        .isEqualTo(2);
    assertThat(CliRun.of("audit", "show", of("node-a"), "--since", "yesterday").err())
        .contains("--since: 'yesterday' is not a moment");
  }
}
