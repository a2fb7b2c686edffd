package dev.holdfast.common.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.audit.AuditFolder.Anchor;
import dev.holdfast.common.audit.AuditWriter.Bounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody does to a stream shows, but for the removal of its newest lines. */
final class AuditFolderTest {
  private static final Bounds SMALL_FILES = new Bounds(700, Duration.ofDays(1), 100, 1 << 20);
  private static final String BROKEN =
      ": does not follow the line before it; one of them was changed or removed";

  @TempDir private Path temporary;
  private AuditDirectory directory = new AuditDirectory(Path.of(""));

  @BeforeEach
  void write() throws IOException {
    directory = new AuditDirectory(temporary.resolve("audit"));
    directory.write(9, SMALL_FILES); // three lines a file
    assertThat(directory.files()).hasSize(3);
  }

  private void edit(int file, Consumer<List<String>> change) throws IOException {
    Path path = directory.files().get(file);
    List<String> lines = new ArrayList<>(Files.readAllLines(path, StandardCharsets.UTF_8));
    change.accept(lines);
    Files.writeString(path, String.join("\n", lines) + "\n");
  }

  private String file(int number) throws IOException {
    return directory.files().get(number).getFileName().toString();
  }

  @Test
  void shouldProveAStreamThatIsWhole() throws IOException {
    AuditProof proof = directory.verify();

    assertThat(proof.isGood()).isTrue();
    assertThat(proof.lines()).isEqualTo(9);
    assertThat(proof.firstSequence()).isEqualTo(1);
    assertThat(proof.lastSequence()).isEqualTo(9);
    assertThat(proof.first()).isEqualTo(AuditDirectory.NOON);
    assertThat(proof.last()).isEqualTo(AuditDirectory.NOON.plusSeconds(8));
    List<String> lines = directory.lines();
    assertThat(proof.lastHash())
        .isEqualTo(AuditLine.hash(lines.get(8).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void shouldFindALineThatWasChanged() throws IOException {
    edit(1, lines -> lines.set(1, lines.get(1).replace("user/alice", "user/mallo")));

    assertThat(directory.verify().problems()).containsExactly(file(1) + ", line 3" + BROKEN);
  }

  @Test
  void shouldFindAChangeOfTheLastLineOfAFile() throws IOException {
    edit(1, lines -> lines.set(2, lines.get(2).replace("\"seq\"", " \"seq\"")));

    assertThat(directory.verify().problems()).containsExactly(file(2) + ", line 1" + BROKEN);
  }

  @Test
  void shouldFindALineThatWasRemoved() throws IOException {
    edit(1, lines -> lines.remove(1));

    assertThat(directory.verify().problems())
        .containsExactly(
            file(1) + ", line 2: has sequence 6 where 5 is due", file(1) + ", line 2" + BROKEN);
  }

  @Test
  void shouldFindLinesThatChangedPlaces() throws IOException {
    edit(1, lines -> lines.add(1, lines.remove(2)));

    assertThat(directory.verify().problems()).hasSize(6).contains(file(1) + ", line 2" + BROKEN);
  }

  @Test
  void shouldFindALineThatWasPutIn() throws IOException {
    edit(1, lines -> lines.add(1, lines.get(0)));

    assertThat(directory.verify().problems())
        .containsExactly(
            file(1) + ", line 2: has sequence 4 where 5 is due", file(1) + ", line 2" + BROKEN);
  }

  @Test
  void shouldFindThatAFileBetweenOthersIsMissing() throws IOException {
    String behind = file(2);
    Files.delete(directory.files().get(1));

    assertThat(directory.verify().problems())
        .containsExactly(
            behind + ", line 1: has sequence 7 where 4 is due", behind + ", line 1" + BROKEN);
  }

  @Test
  void shouldFindAFileOfAnotherNameAndOneThatIsEmpty() throws IOException {
    Files.move(directory.files().get(0), directory.path.resolve(AuditFiles.name(2)));
    Files.createFile(directory.path.resolve(AuditFiles.name(5)));

    assertThat(directory.verify().problems())
        .containsExactly(
            "audit-000000000000000002.jsonl, line 1: has sequence 1, but the file is named for"
                + " another",
            "audit-000000000000000005.jsonl is empty");
  }

  @Test
  void shouldFindWhatIsNoLine() throws IOException {
    edit(1, lines -> lines.set(1, "nonsense"));

    assertThat(directory.verify().problems())
        .containsExactly(
            file(1) + ", line 2: is no line of an audit stream",
            file(1) + ", line 3: has sequence 6 where 5 is due",
            file(1) + ", line 3" + BROKEN);
  }

  @Test
  void shouldTellWhereItBeginsWhenOldFilesAreGone() throws IOException {
    Files.delete(directory.files().get(0));

    AuditProof proof = directory.verify();
    assertThat(proof.problems()).isEmpty();
    assertThat(proof.firstSequence()).isEqualTo(4);
  }

  @Test
  void shouldNotMindALineThatIsBeingWritten() throws IOException {
    Files.writeString(directory.file(), "{\"seq\":10,", StandardOpenOption.APPEND);

    AuditProof proof = directory.verify();
    assertThat(proof.problems()).isEmpty();
    assertThat(proof.unfinishedBytes()).isEqualTo(10);
    assertThat(directory.parsed()).hasSize(9);
  }

  @Test
  void shouldFindAnUnfinishedLineBeforeOthers() throws IOException {
    Files.writeString(directory.files().get(0), "{\"seq\":4,", StandardOpenOption.APPEND);

    assertThat(directory.verify().problems()).containsExactly(file(0) + ", line 4: has no end");
  }

  @Test
  void shouldMissTheNewestLinesWhenSomebodyKeptAHash() throws IOException {
    Anchor kept = new Anchor(9, directory.verify().lastHash());
    AuditFolder folder = AuditFolder.of(directory.path);
    assertThat(folder.verify(List.of(kept)).problems()).isEmpty();
    assertThat(folder.verify(List.of(new Anchor(9, "0".repeat(64)))).problems())
        .containsExactly(file(2) + ", line 3: has another hash than the one that was kept of it");

    edit(2, lines -> lines.remove(2));

    assertThat(folder.verify(List.of()).problems()).isEmpty();
    assertThat(folder.verify(List.of(kept)).problems())
        .containsExactly("line 9 is missing: the stream ends at 8");
    Files.delete(directory.files().get(0));
    assertThat(folder.verify(List.of(new Anchor(1, "0".repeat(64)))).problems())
        .containsExactly("line 1 is too old: the stream begins at 4");
  }

  @Test
  void shouldTellABoundedNumberOfProblems() throws IOException {
    edit(2, lines -> lines.addAll(java.util.Collections.nCopies(150, "nonsense")));

    assertThat(directory.verify().problems()).hasSize(AuditProof.PROBLEMS_MAX);
    assertThat(directory.verify().moreProblems()).isEqualTo(50);
  }

  @Test
  void shouldFindTheStreamInTheDataOfANode() throws IOException {
    assertThat(AuditFolder.of(temporary).verify(List.of()).lines()).isEqualTo(9);
    assertThatThrownBy(() -> AuditFolder.of(temporary.resolve("none")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> AuditFolder.of(Files.createDirectory(temporary.resolve("empty"))))
        .hasMessageStartingWith("no audit stream is in ");
  }
}
