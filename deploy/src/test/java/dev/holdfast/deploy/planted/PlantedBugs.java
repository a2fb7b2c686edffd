package dev.holdfast.deploy.planted;

import dev.holdfast.deploy.planted.Planting.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plants each bug of the table and tells which test caught it; {@code scripts/check/planted-bugs}.
 */
final class PlantedBugs {
  static final String TABLE = "deploy/src/test/resources/planted-bugs.txt";

  private final Planting planting;

  private PlantedBugs(Planting planting) {
    this.planting = planting;
  }

  /**
   * Plants the bugs; exit code 0 when all are caught.
   *
   * @param args directories of the project and for its work; then the ids of the wanted bugs, none
   *     for all
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    Path project = Path.of(args[0]).toAbsolutePath();
    List<String> wanted = List.of(args).subList(2, args.length);
    List<PlantedBug> all = PlantedBugTable.read(project.resolve(TABLE));
    List<PlantedBug> bugs =
        all.stream().filter(bug -> wanted.isEmpty() || wanted.contains(bug.id())).toList();
    if (bugs.size() < wanted.size()) {
      System.err.println("not in the table: some of " + wanted + "; --list prints the ids");
      System.exit(2);
    }
    Planting planting = new Planting(new Sources(project), Path.of(args[1]).toAbsolutePath());
    System.exit(new PlantedBugs(planting).plantAll(bugs) ? 0 : 1);
  }

  private boolean plantAll(List<PlantedBug> bugs)
      throws IOException, InterruptedException, ExecutionException {
    if (!passWithoutBug(bugs)) {
      return false;
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Map<Verdict.Kind, Integer> counts = new LinkedHashMap<>();
    try {
      Map<PlantedBug, Future<Verdict>> verdicts = new LinkedHashMap<>();
      bugs.forEach(bug -> verdicts.put(bug, threads.submit(() -> planting.plant(bug))));
      for (Map.Entry<PlantedBug, Future<Verdict>> each : verdicts.entrySet()) {
        Verdict verdict = each.getValue().get();
        counts.merge(verdict.kind(), 1, Integer::sum);
        tell(each.getKey(), verdict);
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.printf(
        "%d caught, %d survived, %d rotten%n",
        counts.getOrDefault(Verdict.Kind.CAUGHT, 0),
        counts.getOrDefault(Verdict.Kind.SURVIVED, 0),
        counts.getOrDefault(Verdict.Kind.ROTTEN, 0));
    return counts.getOrDefault(Verdict.Kind.CAUGHT, 0) == bugs.size();
  }

  /** A test that fails anyway catches nothing. */
  private boolean passWithoutBug(List<PlantedBug> bugs) throws IOException, InterruptedException {
    Map<String, List<PlantedBug.Guard>> guards = new LinkedHashMap<>();
    bugs.stream()
        .flatMap(bug -> bug.tests().stream())
        .distinct()
        .forEach(
            guard -> guards.computeIfAbsent(guard.module(), m -> new ArrayList<>()).add(guard));
    boolean pass = true;
    for (Map.Entry<String, List<PlantedBug.Guard>> each : guards.entrySet()) {
      Verdict verdict = planting.withoutBug(each.getValue());
      boolean passed = verdict.kind() == Verdict.Kind.SURVIVED;
      System.out.printf(
          "without a bug: %d tests of %s %s in %d s%n",
          each.getValue().size(),
          each.getKey(),
          passed ? "pass" : "FAIL: " + verdict.detail(),
          verdict.time().toSeconds());
      pass &= passed;
    }
    return pass;
  }

  private static void tell(PlantedBug bug, Verdict verdict) {
    System.out.printf(
        "%-5s %-8s %4d s  %s%s%n",
        bug.id(),
        verdict.kind().name().toLowerCase(Locale.ROOT),
        verdict.time().toSeconds(),
        bug.promise(),
        verdict.detail().isEmpty() ? "" : "  [" + verdict.detail() + "]");
  }
}
