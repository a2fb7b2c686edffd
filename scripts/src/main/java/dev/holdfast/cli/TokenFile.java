package dev.holdfast.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A token in a file that somebody renews. Read again every few seconds, not at every call. */
final class TokenFile implements Supplier<String> {
  private static final long READ_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private record Read(String token, long nanos) {}

  private final Path file;
  private final LongSupplier nanoTime;
  private volatile @Nullable Read last;

  TokenFile(Path file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
  }

  @Override
  public String get() {
    Read known = last;
    long now = nanoTime.getAsLong();
    if (known == null || now - known.nanos > READ_AGAIN_NANOS) {
      known = new Read(read(), now);
      last = known;
    }
    return known.token;
  }

  private String read() {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }
}
