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

/** Readers who may see some stores, by a file of grants. */
public final class TestReaders {
  private TestReaders() {}

  /** One who may see the stores of these patterns. */
  public static Caller of(Path directory, String... stores) {
    String patterns = "\"" + String.join("\", \"", stores) + "\"";
    try {
      Path file =
          Files.writeString(
              directory.resolve("access.yaml"),
              "grants: {user/vera: [{role: viewer, stores: [%s]}]}".formatted(patterns));
      AccessBook book = AccessBook.open(file, Set.of());
      var proofs = new Access.Proofs("test", certificate -> false, TokenReader.NONE);
      return Access.guarded(book, proofs, AccessWatch.NONE, InstantSource.system())
          .callerOf(Principal.parse("user/vera").orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (AccessFileException e) {
      throw new IllegalStateException(e);
    }
  }
}
