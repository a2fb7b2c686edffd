package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessBookTest {
  private static final Principal ALICE = Principal.parse("user/alice").orElseThrow();

  @TempDir private Path directory;
  private Path file;
  private AccessBook book;

  @BeforeEach
  void setUp() throws Exception {
    file = directory.resolve("access.yaml");
    grant("operator", "oslo");
    book = AccessBook.open(file, Set.of("node-a", "node-b"));
  }

  private void grant(String role, String stores) throws IOException {
    write("grants:\n  user/alice:\n    - role: %s\n      stores: [%s]\n".formatted(role, stores));
  }

  /** As editors and Kubernetes do: another file takes its place. */
  private void write(String text) throws IOException {
    Path next = directory.resolve("next");
    Files.writeString(next, text);
    Files.deleteIfExists(file);
    Files.move(next, file);
  }

  private boolean may(Role role, String store) {
    return book.of(ALICE).of(role).contains(store);
  }

  @Test
  void shouldReadTheFileAgainWhenItChanged() throws Exception {
    grant("operator", "berlin-1");

    assertThat(may(Role.OPERATOR, "oslo")).isTrue();
    book.refresh();

    assertThat(may(Role.OPERATOR, "oslo")).isFalse();
    assertThat(may(Role.OPERATOR, "berlin-1")).isTrue();
    assertThat(book.problem()).isNull();
  }

  @Test
  void shouldKeepWhatItReadWhileTheFileIsBroken() throws Exception {
    write("grants: [");
    book.refresh();

    assertThat(may(Role.OPERATOR, "oslo")).isTrue();
    assertThat(book.problem()).contains("access.yaml, line 1: not YAML");

    Files.delete(file);
    book.refresh();

    assertThat(may(Role.OPERATOR, "oslo")).isTrue();
    assertThat(book.problem()).contains("cannot be read");

    grant("viewer", "oslo");
    book.refresh();

    assertThat(may(Role.OPERATOR, "oslo")).isFalse();
    assertThat(may(Role.VIEWER, "oslo")).isTrue();
    assertThat(book.problem()).isNull();
  }

  @Test
  void shouldNotOpenABrokenFile() throws Exception {
    write("grants: [");

    assertThatThrownBy(() -> AccessBook.open(file, Set.of()))
        .isInstanceOf(AccessFileException.class);
  }

  @Test
  void shouldGiveNothingToWhoIsNotInTheFile() {
    assertThat(book.of(Principal.parse("user/bob").orElseThrow())).isEqualTo(Rights.NONE);
    assertThat(book.of(Principal.parse("service/alice").orElseThrow())).isEqualTo(Rights.NONE);
    assertThat(book.of(Principal.ANONYMOUS)).isEqualTo(Rights.NONE);
  }

  @Test
  void shouldTakeForPeersTheStoreNodesOnly() {
    Rights peer = book.of(Principal.parse("node/node-a").orElseThrow());
    Rights aggregator = book.of(Principal.parse("node/aggregator-1").orElseThrow());

    assertThat(peer.has(Role.PEER)).isTrue();
    assertThat(peer.of(Role.VIEWER).isAll()).isTrue();
    assertThat(peer.has(Role.OPERATOR)).isFalse();
    assertThat(aggregator.has(Role.PEER)).isFalse();
    assertThat(aggregator.of(Role.VIEWER).isAll()).isTrue();
    assertThat(aggregator.has(Role.OPERATOR)).isFalse();
  }
}
