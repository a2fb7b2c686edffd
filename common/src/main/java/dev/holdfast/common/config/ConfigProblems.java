package dev.holdfast.common.config;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of a start's settings, so that all of them are reported at once. */
public final class ConfigProblems {
  private final List<String> problems = new ArrayList<>();

  /** Records a problem in one line: it names the key and the way out. */
  public void add(String problem) {
    problems.add(problem);
  }

  /** Records a problem unless a relation between keys holds. */
  public void require(boolean holds, String problem) {
    if (!holds) {
      add(problem);
    }
  }

  void addAll(ConfigProblems others) {
    problems.addAll(others.problems);
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  ConfigException toException() {
    return new ConfigException(problems);
  }
}
