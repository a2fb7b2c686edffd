package dev.holdfast.cli.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.holdfast.proto.inventory.v1.Position;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts outcomes and reports them: the first lines that went wrong to the terminal, and every line
 * into the outcomes file when there is one.
 */
final class OutcomeLog implements Outcomes, AutoCloseable {
  private static final int SHOWN_MAX = 10;

  private final Tally tally;
  private final PrintWriter err;
  private final @Nullable CsvWriter file;
  private final Runnable onTrouble;
  private final Map<Integer, Long> ends;
  private int troubles;

  /**
   * Creates a log.
   *
   * @param onTrouble runs when a line is malformed or refused
   * @param ends sequences at which the partitions' logs ended before the run; lines up to them were
   *     known
   */
  OutcomeLog(
      Tally tally,
      PrintWriter err,
      @Nullable CsvWriter file,
      Runnable onTrouble,
      Map<Integer, Long> ends) {
    this.tally = tally;
    this.err = err;
    this.file = file;
    this.onTrouble = onTrouble;
    this.ends = ends;
  }

  /** Creates a file of outcomes with its header. */
  static CsvWriter fileAt(Path path) throws IOException {
    CsvWriter csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .build(Files.newBufferedWriter(path, StandardCharsets.UTF_8));
    csv.writeRecord("line", "outcome", "reason", "message");
    return csv;
  }

  @Override
  public void accepted(FileMovement movement, @Nullable Position position) {
    tally.accepted(movement.kind());
    if (position == null || isBeforeTheRun(position)) {
      tally.known();
    }
    if (position != null) {
      tally.reached(position);
    }
    if (file != null) {
      file.writeRecord(Long.toString(movement.line()), "accepted", "", "");
    }
  }

  private boolean isBeforeTheRun(Position position) {
    return position.getSequence() > 0
        && position.getSequence() <= ends.getOrDefault(position.getPartition(), 0L);
  }

  @Override
  public void refused(FileMovement movement, String reason, String message) {
    tally.refused(movement.kind(), reason);
    report(movement.line(), "refused", reason, message);
    onTrouble.run();
  }

  @Override
  public void malformed(long line, String message) {
    tally.malformed();
    report(line, "malformed", "", message);
    onTrouble.run();
  }

  @Override
  public void undecided(FileMovement movement, String reason, String message) {
    tally.undecided(movement.kind(), reason);
    report(movement.line(), "undecided", reason, message);
  }

  private void report(long line, String outcome, String reason, String message) {
    if (file != null) {
      file.writeRecord(Long.toString(line), outcome, reason, message);
    }
    troubles++;
    if (troubles <= SHOWN_MAX) {
      String why = reason.isEmpty() ? "" : reason + ": ";
      err.println("line " + line + " " + outcome + ": " + why + message);
    } else if (troubles == SHOWN_MAX + 1) {
      String all = file == null ? "--outcomes FILE writes" : "the outcomes file has";
      err.println("more lines like these are only counted; " + all + " all of them");
    }
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
