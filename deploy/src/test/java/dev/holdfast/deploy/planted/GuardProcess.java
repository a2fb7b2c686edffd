package dev.holdfast.deploy.planted;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs tests of one module in a process of its own ({@link GuardRun}), since a bug may leave
 * anything behind. Such a process starts in less than a second.
 */
final class GuardProcess {
  /** As in the builds, besides a compiler for short lives. */
  private static final List<String> JVM =
      List.of(
          "-ea",
          "-XX:TieredStopAtLevel=1",
          "-Xmx1g",
          "-Dcom.google.protobuf.use_unsafe_pre22_gencode",
          "-Dlogback.middleware.log.disable=true",
          "--enable-native-access=ALL-UNNAMED",
          "-Dholdfast.failpoints=",
          "-Dsimulation.disks=4", // some rows break what only disks show
          "-Dsimulation.seconds=15"); // what it does not find in that time, no build would

  private final Sources sources;
  private final ModuleClassPath classPath;
  private final Path home;

  /**
   * @param home a directory for what the processes leave
   */
  GuardProcess(Sources sources, ModuleClassPath classPath, Path home) {
    this.sources = sources;
    this.classPath = classPath;
    this.home = home;
  }

  /**
   * The end of a test.
   *
   * @param failed the test that failed, or empty
   */
  record End(GuardRun.Result result, Duration time, String failed) {}

  /**
   * Runs tests of one module, one after the other.
   *
   * @param until {@link GuardRun#UNTIL_FAILURE} or {@link GuardRun#ALL}
   * @param planted where the classes with a bug in them are; empty when there are none
   * @return an end for each, but for those that did not come to one in time
   */
  List<End> run(
      List<PlantedBug.Guard> guards, String until, String planted, Path output, Duration limit)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(guards, until, planted))
            .directory(sources.project().resolve(guards.get(0).module()).toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    return ends(output);
  }

  private List<String> command(List<PlantedBug.Guard> guards, String until, String planted)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    Path temporary = Files.createDirectories(home.resolve("tmp"));
    command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-cp"));
    command.add(
        String.join(
            File.pathSeparator,
            planted,
            classPath.of(guards.get(0).module()),
            System.getProperty("java.class.path")));
    command.add(GuardRun.class.getName());
    command.add(until);
    guards.forEach(guard -> command.add(sources.className(guard) + guard.method()));
    return command;
  }

  private static List<End> ends(Path output) throws IOException {
    try (Stream<String> lines = Files.lines(output)) {
      return lines.filter(line -> line.startsWith(GuardRun.END)).map(GuardProcess::end).toList();
    }
  }

  private static End end(String line) {
    String[] words = line.substring(GuardRun.END.length() + 1).split(" ", 3);
    return new End(
        GuardRun.Result.valueOf(words[0]), Duration.ofMillis(Long.parseLong(words[1])), words[2]);
  }
}
