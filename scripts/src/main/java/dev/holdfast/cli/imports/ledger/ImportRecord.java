package dev.holdfast.cli.imports.ledger;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One import, over all its runs.
 *
 * @param id part of the idempotency keys of its lines
 * @param path where its file lay; empty when that is not known
 * @param versions fingerprints of what its file has been
 * @param startedMillis when its first run began
 * @param usedMillis when its last run began
 * @param run how the last run ended
 */
public record ImportRecord(
    String id, String path, Set<String> versions, long startedMillis, long usedMillis, Run run) {

  /**
   * How far an import got.
   *
   * @param finished whether the last run got to the end of the file
   * @param rounds how often refused lines were tried anew
   * @param ends where the log of each partition ended, at the least, after the last run
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

  /** A run begins with what the file is now. */
  ImportRecord goesOnWith(FileVersion version, long now) {
    Set<String> all = new LinkedHashSet<>(versions);
    all.add(version.fingerprint());
    String place = version.path().isEmpty() ? path : version.path();
    return new ImportRecord(id, place, all, startedMillis, now, run);
  }

  /** Refused lines get new keys; but a round that was not finished is gone on with. */
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
