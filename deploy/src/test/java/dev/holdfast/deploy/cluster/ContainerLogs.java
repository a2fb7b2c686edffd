package dev.holdfast.deploy.cluster;

import java.util.List;

/** Travels with a failure, so that a report holds what the containers printed. */
public final class ContainerLogs extends Exception {
  private static final long serialVersionUID = 1L;

  public ContainerLogs(String text) {
    super(text, null, false, false);
  }

  public static String lastLines(String log, int count) {
    List<String> lines = log.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }
}
