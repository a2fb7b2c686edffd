package dev.holdfast.deploy.planted;

import com.google.common.collect.Lists;
import dev.holdfast.deploy.planted.Planting.Verdict;
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
 * Plants bugs of the table and tells which test caught each; {@code scripts/check/planted-bugs}.
 */
final class PlantedBugs {
  static final String TABLE = "deploy/src/test/resources/planted-bugs.txt";

  private static final String MARKDOWN = "--markdown";
  private static final int GUARDS_PER_PROCESS = 8;

  private final Planting planting;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));

  PlantedBugs(Sources sources, Path work) {
    planting = new Planting(sources, work);
  }

  /**
   * Plants the bugs; exit code 0 when all are caught.
   *
   * @param args directories of the project and for its work; then perhaps {@value #MARKDOWN}, for
   *     the table of the documentation; then the ids of the wanted bugs, none for all
   */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    Path project = Path.of(args[0]).toAbsolutePath();
    List<String> wanted = new ArrayList<>(List.of(args).subList(2, args.length));
    boolean markdown = wanted.remove(MARKDOWN);
    List<PlantedBug> bugs =
        PlantedBugTable.read(project.resolve(TABLE)).stream()
            .filter(bug -> wanted.isEmpty() || wanted.contains(bug.id()))
            .toList();
    if (bugs.size() < wanted.size()) {
      System.err.println("not in the table: some of " + wanted + "; --list prints the ids");
      System.exit(2);
    }
    PlantedBugs all = new PlantedBugs(new Sources(project), Path.of(args[1]).toAbsolutePath());
    PlantedBugsReport report = all.plant(bugs);
    System.out.print(markdown ? report.markdown() : report.text());
    System.exit(report.isEverythingCaught() ? 0 : 1);
  }

  PlantedBugsReport plant(List<PlantedBug> bugs) throws InterruptedException, ExecutionException {
    PlantedBugsReport report = new PlantedBugsReport();
    try {
      runWithoutBug(bugs, report);
      Map<PlantedBug, Future<Verdict>> verdicts = new LinkedHashMap<>();
      bugs.forEach(bug -> verdicts.put(bug, threads.submit(() -> planting.plant(bug))));
      for (Map.Entry<PlantedBug, Future<Verdict>> each : verdicts.entrySet()) {
        Verdict verdict = each.getValue().get();
        report.add(each.getKey(), verdict);
        tell(report.size() + "/" + bugs.size(), each.getKey(), verdict);
      }
    } finally {
      threads.shutdownNow();
    }
    return report;
  }

  /** A test that fails anyway catches nothing. */
  private void runWithoutBug(List<PlantedBug> bugs, PlantedBugsReport report)
      throws InterruptedException, ExecutionException {
    Map<String, List<PlantedBug.Guard>> guards = new LinkedHashMap<>();
    bugs.stream()
        .flatMap(bug -> bug.tests().stream())
        .map(PlantedBug.Guard::plain)
        .distinct()
        .forEach(
            guard -> guards.computeIfAbsent(guard.module(), m -> new ArrayList<>()).add(guard));
    List<List<PlantedBug.Guard>> parts = new ArrayList<>();
    guards.values().forEach(each -> parts.addAll(Lists.partition(each, GUARDS_PER_PROCESS)));
    List<PlantedBug.Guard> failing = failing(parts);
    for (PlantedBug.Guard guard : failing(Lists.partition(failing, 1))) {
      report.addFailing(guard);
    }
    System.out.printf(
        "without a bug: %d tests, of which %d failed%s%n",
        parts.stream().mapToInt(List::size).sum(),
        failing.size(),
        failing.isEmpty() ? "" : " at least once: " + failing);
  }

  private List<PlantedBug.Guard> failing(List<List<PlantedBug.Guard>> parts)
      throws InterruptedException, ExecutionException {
    List<Future<List<PlantedBug.Guard>>> ends = new ArrayList<>();
    parts.forEach(part -> ends.add(threads.submit(() -> planting.failingWithoutBug(part))));
    List<PlantedBug.Guard> failing = new ArrayList<>();
    for (Future<List<PlantedBug.Guard>> end : ends) {
      failing.addAll(end.get());
    }
    return failing;
  }

  private static void tell(String count, PlantedBug bug, Verdict verdict) {
    System.out.printf(
        "%7s %-5s %-8s %3d s  %s%s%n",
        count,
        bug.id(),
        verdict.kind().name().toLowerCase(Locale.ROOT),
        verdict.time().toSeconds(),
        bug.promise(),
        verdict.detail().isEmpty() ? "" : "  [" + verdict.detail() + "]");
  }
}
