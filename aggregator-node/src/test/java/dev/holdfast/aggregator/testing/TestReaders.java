package dev.holdfast.aggregator.testing;

import dev.holdfast.common.access.Access;
import dev.holdfast.common.access.AccessBook;
import dev.holdfast.common.access.AccessFileException;
import dev.holdfast.common.access.AccessWatch;
import dev.holdfast.common.access.Caller;
import dev.holdfast.common.access.Principal;
import dev.holdfast.common.access.TokenReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/** A reader who may see some stores, by a file of grants. */
public final class TestReaders {
  private final Path file;
  private final Access access;

  public TestReaders(Path directory, String... stores) {
    this.file = directory.resolve("access.yaml");
    grant(stores);
    try {
      AccessBook book = AccessBook.open(file, Set.of());
      var proofs = new Access.Proofs("test", certificate -> false, TokenReader.NONE);
      this.access = Access.guarded(book, proofs, AccessWatch.NONE, InstantSource.system());
    } catch (AccessFileException e) {
      throw new IllegalStateException(e);
    }
  }

  public Caller reader() {
    return access.callerOf(Principal.parse("user/vera").orElseThrow());
  }

  /** Lets the reader see these stores from now on. */
  public void regrant(String... stores) {
    grant(stores);
    access.refresh();
  }

  private void grant(String... stores) {
    String list = stores.length == 0 ? "[]" : "[{role: viewer, stores: [%s]}]";
    String patterns = "\"" + String.join("\", \"", stores) + "\"";
    try {
      Path next =
          Files.writeString(
              file.resolveSibling("next"),
              "grants: {user/vera: %s}".formatted(list.formatted(patterns)));
      Files.deleteIfExists(file);
      Files.move(next, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
