package dev.holdfast.deploy.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.HistoryFile;
import dev.holdfast.cli.drill.history.PackedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client in Python, with plain gRPC: a process that calls and records what it did (see {@code
 * caller.py}). Its times are by the clock of {@link System#nanoTime}, which this class checks.
 */
final class PythonCaller {
  /**
   * The settings of a caller.
   *
   * @param client its number in the history
   * @param prefix of its keys and reservations, which nobody else uses
   * @param stores and SKUs that exist
   * @param time after which it stops by itself
   */
  record Settings(
      List<String> endpoints,
      int client,
      long seed,
      String prefix,
      List<String> stores,
      List<String> skus,
      Duration time) {}

  private static final Path PROGRAM = Path.of("src/test/python/caller.py").toAbsolutePath();

  /** A try lasts 3 s at most, and the pause after it no longer than a node asks for. */
  private static final int STOP_SECONDS_MAX = 30;

  private final Process process;
  private final Path file;
  private final Path errors;
  private final long begin = System.nanoTime();

  private PythonCaller(Process process, Path file, Path errors) {
    this.process = process;
    this.file = file;
    this.errors = errors;
  }

  /**
   * Starts to call.
   *
   * @param directory for its files
   */
  static PythonCaller start(PythonStubs stubs, Path directory, Settings settings)
      throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("python-" + settings.client + ".jsonl.gz");
    Path errors = directory.resolve("python-" + settings.client + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                PythonStubs.PYTHON,
                PROGRAM.toString(),
                "--endpoints=" + String.join(",", settings.endpoints),
                "--client=" + settings.client,
                "--seed=" + settings.seed,
                "--prefix=" + settings.prefix,
                "--stores=" + String.join(",", settings.stores),
                "--skus=" + String.join(",", settings.skus),
                "--seconds=" + settings.time.toMillis() / 1000.0,
                "--out=" + file)
            .redirectErrorStream(true)
            .redirectOutput(errors.toFile());
    builder.environment().put("PYTHONPATH", stubs.directory().toString());
    return new PythonCaller(builder.start(), file, errors);
  }

  /** The try that runs comes to its end. */
  void askToStop() {
    process.destroy();
  }

  /** Waits for its end and returns all tries as calls. */
  History stop() throws IOException, InterruptedException {
    askToStop();
    if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IOException("a Python caller did not stop; " + story());
    }
    if (process.exitValue() != 0) {
      throw new IOException("a Python caller failed with " + process.exitValue() + "; " + story());
    }
    History history = HistoryFile.read(file).history();
    checkClock(history);
    return history;
  }

  private void checkClock(History history) throws IOException {
    long end = System.nanoTime();
    for (PackedCall call : history.packed()) {
      if (call.beginNanos() < begin || call.endNanos() > end) {
        throw new IOException("Python has another clock than Java: " + call.unpack());
      }
    }
  }

  private String story() throws IOException {
    return Files.readString(errors, UTF_8);
  }
}
