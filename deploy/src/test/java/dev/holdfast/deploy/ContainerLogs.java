package dev.holdfast.deploy;

import java.util.List;

/** Travels with a failure, so that a report holds what the containers printed. */
final class ContainerLogs extends Exception {
  private static final long serialVersionUID = 1L;

  ContainerLogs(String text) {
    super(text, null, false, false);
  }

  static String lastLines(String log, int count) {
    List<String> lines = log.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }
}
