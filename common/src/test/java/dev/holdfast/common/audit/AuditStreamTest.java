package dev.holdfast.common.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.config.ConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AuditStreamTest {
  private static final InstantSource CLOCK = InstantSource.fixed(AuditDirectory.NOON);

  @TempDir private Path data;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private AuditDirectory directory() {
    return new AuditDirectory(data.resolve("audit"));
  }

  private AuditStream start(AuditDirectory.Keys keys) {
    return AuditStream.start(keys, data, "node-a", meters, CLOCK);
  }

  private AuditStream start() {
    return start(AuditDirectory.Keys.of(Path.of("audit"), 10_000));
  }

  /** A stream that writes nothing before it is told to begin. */
  private AuditStream prepared(int queueMax) throws IOException {
    return new AuditStream(
        AuditDirectory.Keys.of(data.resolve("audit"), queueMax),
        directory().open(AuditDirectory.UNBOUNDED),
        CLOCK,
        meters);
  }

  private double lost(String reason) {
    return meters.get("holdfast.audit.lost").tag("reason", reason).functionCounter().count();
  }

  @Test
  void shouldWriteWhatHappenedFromStartToStop() throws IOException {
    try (AuditStream stream = start()) {
      stream.record(AuditDirectory.denied("user/bob", "r-1"));
      stream.record(AuditDirectory.admin("user/alice", "r-2"));
    }

    assertThat(directory().parsed())
        .extracting(AuditLine::kind)
        .containsExactly("audit.started", "access.denied", "admin.action", "audit.stopped");
    assertThat(directory().verify().problems()).isEmpty();
    assertThat(meters.get("holdfast.audit.lines").functionCounter().count()).isEqualTo(3);
  }

  @Test
  void shouldBeOnDiskWithinAboutASecond() throws IOException {
    try (AuditStream stream = start()) {
      stream.record(AuditDirectory.admin("user/alice", "r-1"));

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(directory().parsed()).hasSize(2));
      assertThat(stream.problem()).isNull();
    }
  }

  @Test
  void shouldSumUpAFloodAndLoseNobodyElsesLines() throws IOException {
    try (AuditStream stream = prepared(10_000)) {
      for (int i = 0; i < 12_355; i++) {
        stream.record(AuditDirectory.denied("", "r-" + i));
      }
      stream.record(AuditDirectory.denied("user/bob", "b-1"));
      stream.record(AuditDirectory.admin("", "a-1"));
      stream.begin();
    }

    List<AuditLine> flood =
        directory().parsed().stream()
            .filter(line -> line.kind().equals("access.denied") && line.principal().isEmpty())
            .toList();
    assertThat(flood).hasSize(11);
    assertThat(flood.get(10).detail()).containsExactly(Map.entry("more", "12345"));
    assertThat(flood.get(10).from()).isEqualTo("192.0.2.7");
    assertThat(directory().parsed()).extracting(AuditLine::requestId).contains("b-1", "a-1");
    assertThat(lost("no_room")).isZero();
  }

  @Test
  void shouldCountAgainInTheNextSecond() throws IOException {
    AuditLimits limits = new AuditLimits(1, 1);

    assertThat(limits.takes(AuditDirectory.denied("a", ""))).isTrue();
    assertThat(limits.takes(AuditDirectory.denied("a", ""))).isFalse();
    assertThat(limits.sumUp()).hasSize(1);
    assertThat(limits.takes(AuditDirectory.denied("a", ""))).isTrue();
    assertThat(limits.sumUp()).isEmpty();
  }

  @Test
  void shouldBoundTheNumberOfCallersThatItCounts() {
    AuditLimits limits = new AuditLimits(1, 1);
    for (int i = 0; i < 1_500; i++) {
      limits.takes(AuditDirectory.denied("caller-" + i, ""));
    }

    List<AuditEvent> sums = limits.sumUp();

    assertThat(sums).singleElement().extracting(AuditEvent::principal).isEqualTo("others");
    assertThat(sums.get(0).detail()).containsExactly(Map.entry("more", "499"));
  }

  @Test
  void shouldLeaveRoomForWhatWasDoneAndSayWhatIsMissing() throws IOException {
    try (AuditStream stream = prepared(100)) {
      for (int i = 0; i < 80; i++) {
        stream.record(AuditDirectory.denied("user-" + i, "r"));
      }
      for (int i = 0; i < 30; i++) {
        stream.record(AuditDirectory.admin("user-" + i, "r"));
      }
      assertThat(lost("no_room")).isEqualTo(10);
      stream.begin();
    }

    assertThat(directory().parsed())
        .filteredOn(line -> line.kind().equals("access.denied"))
        .hasSize(75);
    assertThat(directory().parsed())
        .filteredOn(line -> line.kind().equals("admin.action"))
        .hasSize(25);
    assertThat(directory().parsed())
        .filteredOn(line -> line.kind().equals("audit.lost"))
        .singleElement()
        .extracting(AuditLine::detail)
        .isEqualTo(Map.of("lines", "10"));
    assertThat(directory().verify().problems()).isEmpty();
  }

  @Test
  void shouldGoOnAfterTheDiskFailedAndSayWhatIsMissing() throws IOException {
    AuditDirectory.Keys keys =
        new AuditDirectory.Keys(
            Path.of("audit"),
            new dev.holdfast.common.config.ByteSize(1),
            Duration.ofDays(1),
            400,
            new dev.holdfast.common.config.ByteSize(1 << 30),
            10,
            100,
            100);
    Path aside = data.resolve("aside");
    try (AuditStream stream = start(keys)) {
      Files.move(directory().path, aside);
      Files.createFile(directory().path);
      stream.record(AuditDirectory.admin("user/alice", "r-1"));
      await().untilAsserted(() -> assertThat(lost("not_written")).isEqualTo(1));
      assertThat(stream.problem()).startsWith("the audit stream cannot be written: ");

      Files.delete(directory().path);
      Files.move(aside, directory().path);
      await()
          .untilAsserted(
              () ->
                  assertThat(directory().parsed())
                      .extracting(AuditLine::kind)
                      .containsExactly("audit.started", "audit.lost"));
      await().untilAsserted(() -> assertThat(stream.problem()).isNull());
      assertThat(lost("not_written")).isEqualTo(1);
    }
    assertThat(directory().verify().problems()).isEmpty();
  }

  @Test
  void shouldNotStartWhereItCanNotWrite() throws IOException {
    Files.createFile(data.resolve("audit"));

    assertThatThrownBy(this::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("cannot write the audit stream in ")
        .hasMessageEndingWith("see holdfast.audit.dir");
  }

  @Test
  void shouldCutTextsSoThatALineHasABound() {
    Map<String, String> detail = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      detail.put("field-" + i, "\ud83d\ude00".repeat(1_000));
    }
    AuditEvent event =
        new AuditEvent(
            AuditKind.DENIED,
            AuditOutcome.REFUSED,
            "p".repeat(9_999),
            "",
            "x" + "\ud83d\ude00".repeat(600),
            detail);

    assertThat(event.principal()).hasSize(AuditEvent.TEXT_MAX);
    assertThat(event.requestId()).hasSize(AuditEvent.TEXT_MAX - 1);
    assertThat(event.detail()).hasSize(AuditEvent.DETAILS_MAX);
  }
}
