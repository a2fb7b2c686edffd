package dev.holdfast.cli.imports.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outcomes of an import's lines, from its journal. Keys are without the import's prefix. */
public final class Fates {
  /** The largest number of lines whose fate can be looked up, since they are kept in memory. */
  private static final int LOOKED_UP_MAX = 1_000_000;

  private final Map<String, Fate> byKey = new HashMap<>();
  private final Seen settled = new Seen(2 * LineJournal.KEYS_MAX);
  private final @Nullable Long forgottenBefore;

  private Fates(@Nullable Long forgottenBefore) {
    this.forgottenBefore = forgottenBefore;
  }

  /**
   * Reads a journal; a missing one is empty.
   *
   * @param forgottenBefore lines sent before this time without an outcome are UNKNOWN; null when no
   *     fate will be looked up
   */
  public static Fates read(Path journal, @Nullable Long forgottenBefore) throws IOException {
    Fates fates = new Fates(forgottenBefore);
    if (Files.exists(journal)) {
      fates.readAll(journal);
    }
    return fates;
  }

  public @Nullable Fate of(String key) {
    return byKey.get(key);
  }

  /** Hashes of the keys that have an outcome. */
  Seen settled() {
    return settled;
  }

  private void readAll(Path journal) throws IOException {
    long run = 0;
    try (BufferedReader in = Files.newBufferedReader(journal, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        // The end mark shows that the line was not cut off by a crash.
        if (line.length() > 2 && line.charAt(line.length() - 1) == LineJournal.END) {
          String what = line.substring(1, line.length() - 1);
          run = line.charAt(0) == LineJournal.RUN ? Long.parseLong(what) : run;
          take(line.charAt(0), what, run);
        }
      }
    }
    if (byKey.size() > LOOKED_UP_MAX) {
      throw new IOException(
          journal + " remembers more than " + LOOKED_UP_MAX + " lines, too many to look up");
    }
  }

  private void take(char what, String key, long run) {
    boolean hasOutcome = what == LineJournal.TAKEN || what == LineJournal.REFUSED;
    if (hasOutcome) {
      settled.add(LineJournal.hash(key));
    }
    if (forgottenBefore == null || byKey.size() > LOOKED_UP_MAX) {
      return;
    }
    if (hasOutcome) {
      byKey.put(key, what == LineJournal.TAKEN ? Fate.TAKEN : Fate.REFUSED);
    } else if (what == LineJournal.SENT && run < forgottenBefore) {
      byKey.putIfAbsent(key, Fate.UNKNOWN);
    }
  }
}
