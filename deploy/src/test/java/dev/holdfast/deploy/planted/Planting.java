package dev.holdfast.deploy.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles a file with a bug in it and runs the guarding tests against it: the planted classes come
 * first on the class path, the project's files stay as they are.
 */
final class Planting {
  /** Without a bug a test ends well within this. */
  private static final Duration CLEAN_MAX = Duration.ofMinutes(4);

  /** With a bug it may take so much more than without: tests wait for up to half a minute. */
  private static final Duration MORE_MAX = Duration.ofSeconds(45);

  private static final Duration MORE_WHEN_IT_MAY_HANG = Duration.ofSeconds(5);

  private static final int TIMES_MAX = 5;
  private static final int TRIES_MAX = 3;

  private final Sources sources;
  private final ModuleClassPath classPath;
  private final PlantedCompiler compiler;
  private final Path work;
  private final Map<PlantedBug.Guard, Duration> cleanTimes = new ConcurrentHashMap<>();

  /**
   * A run of planted bugs.
   *
   * @param work an empty directory
   */
  Planting(Sources sources, Path work) {
    this.sources = sources;
    this.classPath = new ModuleClassPath(sources.project());
    this.compiler = new PlantedCompiler(classPath);
    this.work = work;
  }

  /** Whether the tests noticed a bug, and how long that took. */
  record Verdict(Kind kind, String detail, Duration time) {
    enum Kind {
      /** A test failed. */
      CAUGHT,
      /** All tests passed. */
      SURVIVED,
      /** A test did not end, and its row does not say that this would tell anything. */
      HANGS,
      /** The bug or its tests are not what the table says. */
      ROTTEN
    }
  }

  private record Finding(Verdict.Kind kind, String detail) {}

  /**
   * Runs tests of one module without a bug.
   *
   * @return those that failed, or did not end
   */
  List<PlantedBug.Guard> failingWithoutBug(List<PlantedBug.Guard> guards)
      throws IOException, InterruptedException {
    PlantedBug.Guard first = guards.get(0);
    Path home =
        Files.createDirectories(
            work.resolve("without").resolve(first.module()).resolve(fileName(first)));
    List<GuardProcess.End> ends =
        new GuardProcess(sources, classPath, home)
            .run(
                guards,
                GuardRun.ALL,
                "",
                home.resolve("output.txt"),
                CLEAN_MAX.multipliedBy(guards.size()));
    for (int i = 0; i < ends.size(); i++) {
      if (ends.get(i).result() == GuardRun.Result.PASSED) {
        cleanTimes.put(guards.get(i), ends.get(i).time());
      }
    }
    return guards.stream().filter(guard -> !cleanTimes.containsKey(guard)).toList();
  }

  private static String fileName(PlantedBug.Guard guard) {
    return guard.test().replace('#', '.');
  }

  /** Plants a bug; only tests that passed without it count. */
  Verdict plant(PlantedBug bug) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Finding found = find(bug);
    return new Verdict(found.kind(), found.detail(), Duration.ofNanos(System.nanoTime() - begin));
  }

  private Finding find(PlantedBug bug) throws IOException, InterruptedException {
    Path home = Files.createDirectories(work.resolve(bug.id()));
    String rotten;
    try {
      rotten = compile(bug, home);
    } catch (IllegalArgumentException e) {
      rotten = String.valueOf(e.getMessage());
    }
    if (!rotten.isEmpty()) {
      return new Finding(Verdict.Kind.ROTTEN, rotten);
    }
    Finding last = new Finding(Verdict.Kind.ROTTEN, "its tests fail without it");
    for (PlantedBug.Guard guard : bug.tests()) {
      Duration cleanTime = cleanTimes.get(guard.plain());
      if (cleanTime != null && last.kind() != Verdict.Kind.CAUGHT) {
        last = run(guard, home, limit(guard, cleanTime));
      }
    }
    return last;
  }

  private static Duration limit(PlantedBug.Guard guard, Duration cleanTime) {
    return cleanTime
        .multipliedBy(TIMES_MAX)
        .plus(guard.mayHang() ? MORE_WHEN_IT_MAY_HANG : MORE_MAX);
  }

  private String compile(PlantedBug bug, Path home) throws IOException {
    Path source =
        Files.createDirectories(home.resolve("source"))
            .resolve(sources.file(bug).getFileName().toString());
    Files.writeString(source, sources.planted(bug));
    return compiler.compile(bug.module(), source, Files.createDirectories(home.resolve("classes")));
  }

  private Finding run(PlantedBug.Guard guard, Path home, Duration limit)
      throws IOException, InterruptedException {
    GuardProcess process = new GuardProcess(sources, classPath, home);
    Path output = home.resolve(fileName(guard) + ".txt");
    String planted = home.resolve("classes").toString();
    long begin = System.nanoTime();
    for (int i = 0; i < TRIES_MAX; i++) {
      List<GuardProcess.End> ends =
          process.run(List.of(guard), GuardRun.UNTIL_FAILURE, planted, output, limit);
      if (ends.isEmpty()) {
        return withoutEnd(guard, output, System.nanoTime() - begin >= limit.toNanos());
      }
      switch (ends.get(0).result()) {
        case PASSED -> {
          return new Finding(Verdict.Kind.SURVIVED, "");
        }
        case FAILED -> {
          return new Finding(Verdict.Kind.CAUGHT, ends.get(0).failed());
        }
        case NO_TEST -> {
          return new Finding(Verdict.Kind.ROTTEN, "there is no test " + guard);
        }
        case NO_PORT -> {} // once more
      }
    }
    return new Finding(Verdict.Kind.ROTTEN, "no port was free for long enough; see " + output);
  }

  private static Finding withoutEnd(PlantedBug.Guard guard, Path output, boolean late) {
    if (!late) {
      return new Finding(Verdict.Kind.ROTTEN, "the tests did not run; see " + output);
    }
    return new Finding(
        guard.mayHang() ? Verdict.Kind.CAUGHT : Verdict.Kind.HANGS, guard + " does not end");
  }
}
