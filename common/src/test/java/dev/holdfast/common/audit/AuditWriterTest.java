package dev.holdfast.common.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.audit.AuditWriter.Bounds;
import dev.holdfast.common.audit.AuditWriter.Timed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditWriterTest {
  @TempDir private Path temporary;

  private AuditDirectory directory() {
    return new AuditDirectory(temporary.resolve("audit"));
  }

  /** The format is forever: programs read it, and hashes are over its bytes. */
  @Test
  void shouldWriteTheLinesOfTheFormat() throws IOException {
    AuditDirectory directory = directory();
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("method", "holdfast.inventory.v1.InventoryService/AdjustStock");
    detail.put("reason", "needs the role operator for store 'K\u00f6ln \"1\"'");
    AuditEvent event =
        new AuditEvent(
            AuditKind.DENIED,
            AuditOutcome.REFUSED,
            "https://id.example.com|alice",
            "192.0.2.7",
            "req-1",
            detail);

    try (AuditWriter writer = directory.open(AuditDirectory.UNBOUNDED)) {
      writer.append(List.of(new Timed(event, AuditDirectory.NOON.plusMillis(1))));
    }

    String start =
        "{\"seq\":1,\"time\":\"2026-05-01T12:00:00.000Z\",\"node\":\"node-a\",\"what\":\"audit.started\","
            + "\"outcome\":\"done\",\"principal\":\"\",\"from\":\"\",\"request_id\":\"\",\"detail\":{},\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000\"}\n";
    String denied =
        "{\"seq\":2,\"time\":\"2026-05-01T12:00:00.001Z\",\"node\":\"node-a\",\"what\":\"access.denied\","
            + "\"outcome\":\"refused\",\"principal\":\"https://id.example.com|alice\",\"from\":\"192.0.2.7\","
            + "\"request_id\":\"req-1\",\"detail\":{\"method\":"
            + "\"holdfast.inventory.v1.InventoryService/AdjustStock\",\"reason\":\"needs the role"
            + " operator for store 'K\u00f6ln"
            + " \\\"1\\\"'\"},\"prev\":\"d8df7a9b3a78ff09e354c815082c4cf357e397ec4dd59b06b51bc4942502c7f5\"}\n";
    assertThat(directory.files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("audit-000000000000000001.jsonl");
    assertThat(Files.readString(directory.file())).isEqualTo(start + denied);
  }

  @Test
  void shouldBeForTheUserOfTheNodeOnly() throws IOException {
    AuditDirectory directory = directory();
    directory.write(2, AuditDirectory.UNBOUNDED);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.file())))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldGoOnWithTheChainAfterARestart() throws IOException {
    AuditDirectory directory = directory();
    directory.write(3, AuditDirectory.UNBOUNDED);
    directory.write(2, AuditDirectory.UNBOUNDED);

    assertThat(directory.parsed())
        .extracting(AuditLine::sequence)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(directory.verify().problems()).isEmpty();
    assertThat(directory.files()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"seq\":4,\"time\":\"2026-05", "\0\0\0\0\0\0\0\0", "{"})
  void shouldTearOffWhatACrashLeftAndSaySo(String torn) throws IOException {
    AuditDirectory directory = directory();
    directory.write(3, AuditDirectory.UNBOUNDED);
    Files.writeString(directory.file(), torn, StandardOpenOption.APPEND);

    directory.write(1, AuditDirectory.UNBOUNDED);

    AuditLine start = directory.parsed().get(3);
    assertThat(start.sequence()).isEqualTo(4);
    assertThat(start.kind()).isEqualTo("audit.started");
    assertThat(start.detail()).containsExactly(Map.entry("torn_bytes", "" + torn.length()));
    assertThat(directory.verify().problems()).isEmpty();
  }

  @Test
  void shouldForgetAFileThatWasMadeRightBeforeACrash() throws IOException {
    AuditDirectory directory = directory();
    directory.write(3, AuditDirectory.UNBOUNDED);
    Files.writeString(directory.path.resolve(AuditFiles.name(4)), "{\"se");

    directory.write(1, AuditDirectory.UNBOUNDED);

    assertThat(directory.verify().problems()).isEmpty();
    assertThat(directory.verify().lastSequence()).isEqualTo(4);
  }

  @Test
  void shouldSetAsideAFileThatItCanNotContinue() throws IOException {
    AuditDirectory directory = directory();
    directory.write(3, AuditDirectory.UNBOUNDED);
    Files.writeString(directory.file(), "nonsense\n", StandardOpenOption.APPEND);

    directory.write(2, AuditDirectory.UNBOUNDED);

    assertThat(directory.parsed()).extracting(AuditLine::sequence).containsExactly(4L, 5L);
    assertThat(directory.parsed().get(0).detail())
        .containsExactly(Map.entry("damaged", "audit-000000000000000001.jsonl.damaged"));
    assertThat(directory.verify().problems())
        .containsExactly(
            "audit-000000000000000001.jsonl.damaged was damaged: the node could not continue it");
  }

  @Test
  void shouldBeginAnotherFileWhenOneIsLargeEnough() throws IOException {
    AuditDirectory directory = directory();
    directory.write(10, new Bounds(700, Duration.ofDays(1), 100, 1 << 20));

    assertThat(directory.files()).hasSizeBetween(3, 5);
    assertThat(directory.verify().problems()).isEmpty();
    assertThat(directory.verify().lines()).isEqualTo(10);
  }

  @Test
  void shouldBeginAnotherFileWhenOneIsOldEnoughAlsoAfterARestart() throws IOException {
    AuditDirectory directory = directory();
    Bounds bounds = new Bounds(1 << 20, Duration.ofSeconds(5), 100, 1 << 30);
    directory.write(5, bounds); // the last is of 4 s after noon
    try (AuditWriter writer = directory.open(bounds)) {
      writer.append(
          List.of(
              new Timed(AuditDirectory.admin("a", "r"), AuditDirectory.NOON.plusMillis(4_999))));
      assertThat(directory.files()).hasSize(1);
      writer.append(
          List.of(new Timed(AuditDirectory.admin("a", "r"), AuditDirectory.NOON.plusSeconds(5))));
    }

    assertThat(directory.files()).hasSize(2);
    assertThat(directory.verify().problems()).isEmpty();
  }

  @Test
  void shouldKeepABoundedNumberOfFiles() throws IOException {
    AuditDirectory directory = directory();
    directory.write(20, new Bounds(1, Duration.ofDays(1), 3, 1 << 20));

    assertThat(directory.files()).hasSize(3);
    AuditProof proof = directory.verify();
    assertThat(proof.problems()).isEmpty();
    assertThat(proof.firstSequence()).isEqualTo(18);
    assertThat(proof.lastSequence()).isEqualTo(20);
  }

  @Test
  void shouldKeepABoundedNumberOfBytes() throws IOException {
    AuditDirectory directory = directory();
    directory.write(20, new Bounds(1, Duration.ofDays(1), 100, 1_200));

    long bytes = 0;
    for (Path file : directory.files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isBetween(300L, 1_200L);
    assertThat(directory.verify().problems()).isEmpty();
  }

  @Test
  void shouldLeaveTheChainWholeWhenAWriteFails() throws IOException {
    AuditDirectory directory = directory();
    try (AuditWriter writer = directory.open(new Bounds(1, Duration.ofDays(1), 100, 1 << 20))) {
      Path aside = temporary.resolve("aside");
      Files.move(directory.path, aside);
      Files.createFile(directory.path);
      Timed event = new Timed(AuditDirectory.admin("a", "r"), AuditDirectory.NOON);

      assertThatThrownBy(() -> writer.append(List.of(event))).isInstanceOf(IOException.class);

      Files.delete(directory.path);
      Files.move(aside, directory.path);
      writer.append(List.of(event));
    }

    assertThat(directory.verify().problems()).isEmpty();
    assertThat(directory.verify().lines()).isEqualTo(2);
  }
}
