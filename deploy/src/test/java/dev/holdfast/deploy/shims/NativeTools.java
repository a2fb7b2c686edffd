package dev.holdfast.deploy.shims;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The libraries and programs in C of src/test/native, compiled once per run by
 * scripts/check/ensure-fault-shims.
 */
public final class NativeTools {
  private static final Path SCRIPT = Path.of("..", "scripts", "check", "ensure-fault-shims");
  private static final Compiled COMPILED = compile();

  private NativeTools() {}

  /**
   * What came of compiling them.
   *
   * @param missing why they are not there; empty when they are
   */
  private record Compiled(Path directory, String missing) {}

  private static Compiled compile() {
    List<String> command = List.of("bash", SCRIPT.toString(), "--without-installing");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      String last = out.substring(out.lastIndexOf('\n') + 1);
      return process.waitFor() == 0
          ? new Compiled(Path.of(last), "")
          : new Compiled(Path.of(""), last);
    } catch (IOException e) {
      return new Compiled(Path.of(""), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while compiling", e);
    }
  }

  /** Why there are none; empty when there are. */
  public static String missing() {
    return COMPILED.missing;
  }

  /** The file of a library or program. */
  public static Path file(String name) {
    return directory().resolve(name);
  }

  static Path directory() {
    if (!missing().isEmpty()) {
      throw new IllegalStateException(missing());
    }
    return COMPILED.directory;
  }
}
