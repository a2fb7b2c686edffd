package dev.holdfast.cli.imports.ledger;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One import, over all its runs.
 *
 * @param id part of the idempotency keys of its lines
 * @param path path of its file; empty when unknown
 * @param versions fingerprints of all versions of its file
 * @param startedMillis start of its first run
 * @param usedMillis start of its last run
 * @param run progress as of the last run
 */
public record ImportRecord(
    String id, String path, Set<String> versions, long startedMillis, long usedMillis, Run run) {

  /**
   * The progress of an import.
   *
   * @param finished whether the last run reached the end of the file
   * @param rounds number of times that refused lines were retried under new keys
   * @param ends lower bounds for the ends of the partitions' logs after the last run
   */
  public record Run(boolean finished, int rounds, Map<Integer, Long> ends) {
    public Run {
      ends = Map.copyOf(ends);
    }
  }

  public ImportRecord {
    versions = Set.copyOf(versions);
  }

  static ImportRecord begun(String id, FileVersion version, long now) {
    Run run = new Run(false, 0, Map.of());
    return new ImportRecord(id, version.path(), Set.of(version.fingerprint()), now, now, run);
  }

  /** The record at the start of a run with this version of the file. */
  ImportRecord goesOnWith(FileVersion version, long now) {
    Set<String> all = new LinkedHashSet<>(versions);
    all.add(version.fingerprint());
    String place = version.path().isEmpty() ? path : version.path();
    return new ImportRecord(id, place, all, startedMillis, now, run);
  }

  /** The record for a retry of refused lines under new keys; continues an unfinished round. */
  public ImportRecord inNextRound() {
    boolean goOn = !run.finished && run.rounds > 0;
    return with(new Run(run.finished, goOn ? run.rounds : run.rounds + 1, run.ends));
  }

  public ImportRecord unfinished() {
    return with(new Run(false, run.rounds, run.ends));
  }

  public ImportRecord ended(boolean finished, Map<Integer, Long> ends) {
    Map<Integer, Long> furthest = new TreeMap<>(run.ends);
    ends.forEach((partition, end) -> furthest.merge(partition, end, Math::max));
    return with(new Run(finished, run.rounds, furthest));
  }

  private ImportRecord with(Run changed) {
    return new ImportRecord(id, path, versions, startedMillis, usedMillis, changed);
  }
}
