package dev.holdfast.cli.imports;

import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.imports.ledger.ImportChoice;
import dev.holdfast.common.config.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that identify the import of a run and its record. */
final class IdentityOptions {
  private static final String ID = "[\\x21-\\x7E]{1,64}";

  /** Margin for clocks that differ and for the duration of a run. */
  private static final Duration MARGIN = Duration.ofHours(1);

  @Option(
      names = "--continue",
      paramLabel = "ID",
      description =
          "FILE is a later version of the file imported as ID: import new and changed lines"
              + " in it, and nothing twice")
  private @Nullable String goOn;

  @Option(names = "--new", description = "count all lines of FILE, even if it was imported before")
  private boolean anew;

  @Option(
      names = "--import-id",
      paramLabel = "ID",
      description =
          "name of this import; the same file under another name counts again"
              + " (default: a fingerprint of the content)")
  private @Nullable String importId;

  @Option(
      names = "--retry-refused",
      description = "retry, under new keys, lines that were refused in earlier runs")
  private boolean retryRefused;

  @Option(
      names = "--receipts-kept",
      paramLabel = "DURATION",
      defaultValue = "24h",
      description =
          "how long the nodes remember keys, their receipts.retention (default: ${DEFAULT-VALUE});"
              + " for lines that are older the record on this machine is asked")
  private String receiptsKept = "";

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = "${env:HOLDFAST_STATE_DIR}",
      description =
          "where imports are recorded (default: env HOLDFAST_STATE_DIR, else"
              + " $XDG_STATE_HOME/holdfast, else ~/.local/state/holdfast)")
  private @Nullable Path stateDirectory;

  ImportChoice choice() {
    checkId("--continue", goOn);
    checkId("--import-id", importId);
    return new ImportChoice(goOn, importId, anew);
  }

  boolean isRetryRefused() {
    return retryRefused;
  }

  /** The name given to the import; null when there is none. */
  @Nullable String importId() {
    return importId;
  }

  /** The time before which used keys may be forgotten by the nodes. */
  long forgottenBefore(long now) {
    try {
      return now - DurationText.parse(receiptsKept).minus(MARGIN).toMillis();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UsageException(
          "--receipts-kept must be like 24h or 7d, was '" + receiptsKept + "'");
    }
  }

  Path stateDirectory(Map<String, String> environment) {
    if (stateDirectory != null && !stateDirectory.toString().isEmpty()) {
      return stateDirectory;
    }
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    return state.isEmpty()
        ? Path.of(System.getProperty("user.home", "."), ".local", "state", "holdfast")
        : Path.of(state, "holdfast");
  }

  private static void checkId(String option, @Nullable String id) {
    if (id != null && !id.matches(ID)) {
      throw new UsageException(option + " must be 1 to 64 ASCII characters without spaces");
    }
  }
}
