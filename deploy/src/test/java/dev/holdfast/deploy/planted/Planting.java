package dev.holdfast.deploy.planted;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles a file with a bug in it and runs the guarding tests against it, each bug in a process of
 * its own: the planted classes come first on the class path, the project's files stay as they are.
 */
final class Planting {
  /** The class path of a module's tests, which the script writes. */
  private static final String CLASS_PATH = "target/test-class-path.txt";

  private static final Duration TIME_MAX = Duration.ofMinutes(3);

  /** As in the builds, besides a compiler for short lives. */
  private static final List<String> JVM =
      List.of(
          "-ea",
          "-XX:TieredStopAtLevel=1",
          "-Xmx1g",
          "-Dcom.google.protobuf.use_unsafe_pre22_gencode",
          "--enable-native-access=ALL-UNNAMED");

  private final Sources sources;
  private final Path work;

  /**
   * A run of planted bugs.
   *
   * @param work an empty directory
   */
  Planting(Sources sources, Path work) {
    this.sources = sources;
    this.work = work;
  }

  /** Whether the tests noticed a bug, and how long that took. */
  record Verdict(Kind kind, String detail, Duration time) {
    enum Kind {
      /** A test failed. */
      CAUGHT,
      /** All tests passed. */
      SURVIVED,
      /** The bug or its tests are not what the table says. */
      ROTTEN
    }
  }

  Verdict plant(PlantedBug bug) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Path home = Files.createDirectories(work.resolve(bug.id()));
    String rotten;
    try {
      rotten = compile(bug, home);
    } catch (IllegalArgumentException e) {
      rotten = String.valueOf(e.getMessage());
    }
    Verdict.Kind kind = Verdict.Kind.ROTTEN;
    String detail = rotten;
    for (int i = 0;
        i < bug.tests().size() && kind != Verdict.Kind.CAUGHT && rotten.isEmpty();
        i++) {
      PlantedBug.Guard guard = bug.tests().get(i);
      Outcome outcome = run(bug.id(), List.of(guard), home.resolve("classes").toString());
      kind = outcome.kind();
      detail = outcome.detail();
    }
    return new Verdict(kind, detail, Duration.ofNanos(System.nanoTime() - begin));
  }

  /** Runs tests of one module without any bug: they must pass. */
  Verdict withoutBug(List<PlantedBug.Guard> guards) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    String id = "without-" + guards.get(0).module();
    Files.createDirectories(work.resolve(id));
    Outcome outcome = run(id, guards, "");
    return new Verdict(
        outcome.kind(), outcome.detail(), Duration.ofNanos(System.nanoTime() - begin));
  }

  private record Outcome(Verdict.Kind kind, String detail) {}

  /** Returns what the compiler does not like; empty when it compiles. */
  private String compile(PlantedBug bug, Path home) throws IOException {
    Path source =
        Files.createDirectories(home.resolve("source"))
            .resolve(sources.file(bug).getFileName().toString());
    Files.writeString(source, sources.planted(bug));
    Path classes = Files.createDirectories(home.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-nowarn",
              "-Xlint:none",
              "--release",
              "17",
              "-parameters",
              "-d",
              classes.toString(),
              "-cp",
              classPath(bug.module()));
      boolean compiles =
          compiler
              .getTask(errors, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      return compiles ? "" : "does not compile: " + errors;
    }
  }

  private Outcome run(String id, List<PlantedBug.Guard> guards, String planted)
      throws IOException, InterruptedException {
    String module = guards.get(0).module();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    Path home = work.resolve(id);
    Path temporary = Files.createDirectories(home.resolve("tmp"));
    command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-cp"));
    command.add(
        String.join(
            File.pathSeparator, planted, classPath(module), System.getProperty("java.class.path")));
    command.add(GuardRun.class.getName());
    for (PlantedBug.Guard guard : guards) {
      String method = guard.test().contains("#") ? guard.test().replaceFirst(".*#", "#") : "";
      command.add(sources.className(guard, id) + method);
    }
    Path output = home.resolve(guards.get(0).test().replace('#', '.') + ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(sources.project().resolve(module).toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      return new Outcome(Verdict.Kind.CAUGHT, guards.get(0) + " does not end");
    }
    return switch (process.exitValue()) {
      case GuardRun.PASSED -> new Outcome(Verdict.Kind.SURVIVED, "");
      case GuardRun.FAILED -> new Outcome(Verdict.Kind.CAUGHT, failure(output));
      default -> new Outcome(Verdict.Kind.ROTTEN, "the tests did not run; see " + output);
    };
  }

  private static String failure(Path output) throws IOException {
    try (Stream<String> lines = Files.lines(output)) {
      return lines
          .filter(line -> line.startsWith(GuardRun.FAILURE))
          .findFirst()
          .orElse("")
          .replace(GuardRun.FAILURE, "");
    }
  }

  private String classPath(String module) throws IOException {
    Path home = sources.project().resolve(module).resolve("target");
    return String.join(
        File.pathSeparator,
        home.resolve("test-classes").toString(),
        home.resolve("classes").toString(),
        Files.readString(sources.project().resolve(module).resolve(CLASS_PATH)).strip());
  }
}
