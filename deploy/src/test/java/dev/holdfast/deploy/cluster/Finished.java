package dev.holdfast.deploy.cluster;

/** What a program printed and how it ended. */
public record Finished(int exitCode, String out, String err) {
  /** What it printed to standard output, provided that it went well. */
  public String outOrFail() {
    if (exitCode != 0) {
      throw new AssertionError(toString());
    }
    return out;
  }

  @Override
  public String toString() {
    return "exit code %d%n%s%n%s"
        .formatted(exitCode, ContainerLogs.lastLines(out, 20), ContainerLogs.lastLines(err, 20));
  }
}
