package dev.holdfast.cli.drill;

import dev.holdfast.cli.FailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell command that breaks something, waits, and mends it.
 *
 * @param name of its phase
 */
record Fault(String name, String command) {
  private static final int NAME_MAX = 60;
  private static final int TAIL_LINES = 20;

  /** Takes {@code NAME=COMMAND}, or a command that is its own name. */
  static Fault parse(String text) {
    int sign = text.indexOf('=');
    String before = sign < 0 ? "" : text.substring(0, sign).strip();
    // LANG=C command is a command: a name of several words, or one that no variable could have
    boolean named = !before.isEmpty() && !before.matches("[A-Z_][A-Z0-9_]*|.*[;|&'\"$/].*");
    String command = named ? text.substring(sign + 1).strip() : text.strip();
    String name = named ? before : command;
    return new Fault(name.length() > NAME_MAX ? name.substring(0, NAME_MAX) : name, command);
  }

  /**
   * Runs it to its end, and appends its output to a file.
   *
   * @throws FailedException when it fails, or takes longer than the limit: then it is killed
   */
  void run(Path output, Duration limit) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw failed("did not end within " + limit.toSeconds() + " s and was killed", output);
      }
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
    if (process.exitValue() != 0) {
      throw failed("ended with " + process.exitValue(), output);
    }
  }

  private FailedException failed(String how, Path output) throws IOException {
    List<String> lines = Files.readAllLines(output);
    List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    String said = tail.isEmpty() ? "" : ":\n  " + String.join("\n  ", tail);
    return new FailedException("--fault '" + name + "' " + how + said);
  }
}
