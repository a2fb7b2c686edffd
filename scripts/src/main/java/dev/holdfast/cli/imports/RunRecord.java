package dev.holdfast.cli.imports;

import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.imports.ledger.Fates;
import dev.holdfast.cli.imports.ledger.FileVersion;
import dev.holdfast.cli.imports.ledger.ImportLedger;
import dev.holdfast.cli.imports.ledger.ImportRecord;
import dev.holdfast.cli.imports.ledger.LineJournal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of the import that a run belongs to. The nodes' receipts keep a line from counting
 * twice; the record recognises a file that was imported before, and covers lines that are older
 * than the receipts.
 */
final class RunRecord implements AutoCloseable {
  private final ImportLedger ledger;
  private final PrintWriter err;
  private final @Nullable Fates past;
  private ImportRecord record;
  private @Nullable LineJournal journal;

  private RunRecord(
      ImportLedger ledger, ImportRecord record, @Nullable Fates past, PrintWriter err) {
    this.ledger = ledger;
    this.record = record;
    this.past = past;
    this.err = err;
  }

  /**
   * Finds the import, and writes nothing. A UsageException asks the user to decide where the record
   * does not.
   *
   * @param ends current ends of the partitions' logs
   */
  static RunRecord find(
      IdentityOptions options,
      ImportLedger ledger,
      FileVersion version,
      Map<Integer, Long> ends,
      PrintWriter err)
      throws IOException {
    long now = System.currentTimeMillis();
    long forgottenBefore = options.forgottenBefore(now);
    ImportRecord record = options.choice().of(version, ledger.all(), now, RunRecord::randomId);
    if (options.isRetryRefused()) {
      if (record.usedMillis() == record.startedMillis()) {
        throw new UsageException(
            "--retry-refused: no import of FILE is recorded here, see --state-dir");
      }
      record = record.inNextRound();
    }
    Fates past = null;
    if (record.startedMillis() < forgottenBefore) {
      requireMemory(record, ledger, ends);
      past = Fates.read(ledger.linesOf(record), forgottenBefore);
      Instant started = Instant.ofEpochMilli(record.startedMillis());
      err.println(
          "import "
              + record.id()
              + " began "
              + started
              + ": for lines that the nodes may have forgotten, the record on this machine counts");
    }
    return new RunRecord(ledger, record, past, err);
  }

  private static String randomId() {
    return UUID.randomUUID().toString().substring(0, 18);
  }

  /** Refuses a run without a record, which would count all lines a second time. */
  private static void requireMemory(
      ImportRecord record, ImportLedger ledger, Map<Integer, Long> ends) {
    String way =
        "; --new counts all of FILE again, else leave the lines that were taken out of it (outcomes"
            + " file, or history)";
    if (!Files.exists(ledger.linesOf(record))) {
      throw new UsageException(
          "import "
              + record.id()
              + " began "
              + Instant.ofEpochMilli(record.startedMillis())
              + ": the nodes may have forgotten its lines, and the record of them is gone"
              + way);
    }
    record
        .run()
        .ends()
        .forEach(
            (partition, end) -> {
              if (ends.getOrDefault(partition, end) < end) {
                throw new UsageException(
                    "partition %d ends at %d, and did at %d after import %s: this is another cluster, or an older state of it%s"
                        .formatted(partition, ends.get(partition), end, record.id(), way));
              }
            });
  }

  String id() {
    return record.id();
  }

  String keyPrefix() {
    return "i-" + record.id() + "-";
  }

  /** All recorded lines, including those that the nodes remember. */
  PastLines allPast() throws IOException {
    return new PastLines(
        Fates.read(ledger.linesOf(record), Long.MAX_VALUE), 0, record.run().rounds());
  }

  /** Records that the import is under way. */
  ImportJob.Identity begin() {
    String prefix = keyPrefix();
    PastLines pastLines = new PastLines(past, prefix.length(), record.run().rounds());
    record = record.unfinished();
    try {
      ledger.save(record);
      Path lines = ledger.linesOf(record);
      Fates before = past == null ? Fates.read(lines, null) : past;
      journal = new LineJournal(lines, before, prefix.length(), System.currentTimeMillis());
    } catch (IOException e) {
      err.println(
          "imports cannot be recorded, so a changed file will not be noticed; see --state-dir: "
              + e);
    }
    return new ImportJob.Identity(prefix, record.run().rounds(), pastLines, journal);
  }

  void ended(boolean finished, Map<Integer, Long> ends) throws IOException {
    if (journal != null) {
      ledger.save(record.ended(finished, ends));
    }
  }

  @Override
  public void close() throws IOException {
    if (journal != null) {
      journal.close();
    }
  }
}
