package dev.holdfast.cli.imports.ledger;

import dev.holdfast.cli.UsageException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the import of a run: the earlier import of its file, another one that the caller names,
 * or a new one. The caller decides whether a changed file continues its import or counts anew.
 *
 * @param goOn value of --continue
 * @param named value of --import-id
 * @param anew whether --new was given
 */
public record ImportChoice(@Nullable String goOn, @Nullable String named, boolean anew) {
  public ImportChoice {
    int given = (goOn == null ? 0 : 1) + (named == null ? 0 : 1) + (anew ? 1 : 0);
    if (given > 1) {
      throw new UsageException("only one of --continue, --new and --import-id");
    }
  }

  /**
   * Chooses the record with which the run begins.
   *
   * @param known all records of the same cluster
   * @param randomId makes an id if the fingerprint of the content is taken
   */
  public ImportRecord of(
      FileVersion version, List<ImportRecord> known, long now, Supplier<String> randomId) {
    if (goOn != null) {
      return newest(known, record -> record.id().equals(goOn))
          .orElseThrow(() -> unknown(goOn))
          .goesOnWith(version, now);
    }
    if (named != null) {
      return named(named, version, known, now);
    }
    Optional<ImportRecord> same =
        newest(known, record -> record.versions().contains(version.fingerprint()));
    if (anew) {
      same.filter(record -> !record.run().finished()).ifPresent(ImportChoice::refuseSecond);
      boolean used = known.stream().anyMatch(record -> record.id().equals(version.content()));
      return ImportRecord.begun(used ? randomId.get() : version.content(), version, now);
    }
    if (same.isPresent()) {
      return same.get().goesOnWith(version, now);
    }
    newest(known, record -> isEarlier(record, version)).ifPresent(ImportChoice::ask);
    return ImportRecord.begun(version.content(), version, now);
  }

  private static ImportRecord named(
      String id, FileVersion version, List<ImportRecord> known, long now) {
    Optional<ImportRecord> before = newest(known, record -> record.id().equals(id));
    before
        .filter(record -> !record.versions().contains(version.fingerprint()))
        .ifPresent(ImportChoice::ask);
    return before
        .map(record -> record.goesOnWith(version, now))
        .orElseGet(() -> ImportRecord.begun(id, version, now));
  }

  /**
   * Whether the record is of the same path with other content, or of the same content read in
   * another way.
   */
  private static boolean isEarlier(ImportRecord record, FileVersion version) {
    return (!version.path().isEmpty() && record.path().equals(version.path()))
        || record.versions().stream().anyMatch(seen -> seen.startsWith(version.content() + "-"));
  }

  private static Optional<ImportRecord> newest(
      List<ImportRecord> known, Predicate<ImportRecord> wanted) {
    return known.stream().filter(wanted).max(Comparator.comparingLong(ImportRecord::usedMillis));
  }

  private static void ask(ImportRecord record) {
    throw new UsageException(
        """
        FILE was imported before as %s, on %s, and has changed since, or is read in another way.
          --continue %s  takes what is new or changed in it, and nothing twice
          --new  counts all of its lines, also those that were taken before
        Nothing was done; --dry-run with one of them shows what it would do"""
            .formatted(record.id(), Instant.ofEpochMilli(record.usedMillis()), record.id()));
  }

  private static void refuseSecond(ImportRecord record) {
    throw new UsageException(
        "--new: import %s of FILE is unfinished: --continue %s resumes it; to count all of it a second time, name the second import with --import-id"
            .formatted(record.id(), record.id()));
  }

  private static UsageException unknown(String id) {
    return new UsageException(
        "--continue: no import '"
            + id
            + "' into this cluster is recorded here; see --state-dir, or use --import-id where no"
            + " record is left");
  }
}
