package dev.holdfast.cli.bench;

import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.certs.OwnCertificate;
import dev.holdfast.common.client.ClientSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A temporary cluster, run by scripts/cluster: store nodes, later an aggregator. */
final class OwnCluster implements AutoCloseable {
  private final Path script;
  private final Path directory;
  private final boolean secure;
  private final Thread onExit = new Thread(this::remove);

  private OwnCluster(Path script, Path directory, boolean secure) {
    this.script = script;
    this.directory = directory;
    this.secure = secure;
  }

  static OwnCluster start(int partitions, int portBase, boolean secure) throws IOException {
    OwnCluster cluster =
        new OwnCluster(script(), Files.createTempDirectory("holdfast-bench-"), secure);
    Runtime.getRuntime().addShutdownHook(cluster.onExit);
    String[] options = {
      "up",
      "--without-aggregator",
      secure ? "--secure" : "--insecure",
      "--partitions",
      String.valueOf(partitions),
      "--port-base",
      String.valueOf(portBase)
    };
    if (cluster.run(options) != 0) {
      cluster.close();
      throw new FailedException("the cluster to measure did not start; its messages are above");
    }
    return cluster;
  }

  /** Begins to start an aggregator that has nothing yet; see {@link #await}. */
  Process startAggregator() throws IOException {
    return process("up", "--with-aggregator");
  }

  /** Waits until the whole cluster serves. */
  static void await(Process start) {
    if (exitOf(start) != 0) {
      throw new FailedException("the aggregator did not start; its messages are above");
    }
  }

  Path directory() {
    return directory;
  }

  /** Settings of its clients. */
  ClientSettings clients(List<String> endpoints) {
    ClientSettings settings = ClientSettings.at(endpoints);
    return secure
        ? OwnCertificate.in(directory.resolve("certs"), null).applyTo(settings)
        : settings;
  }

  private static Path script() {
    String home = System.getProperty("holdfast.home");
    if (home == null) {
      throw new UsageException(
          "bench starts a cluster only from scripts/holdfast; else name one with --target");
    }
    return Path.of(home, "scripts", "cluster");
  }

  private int run(String... arguments) throws IOException {
    return exitOf(process(arguments));
  }

  private Process process(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--dir", directory.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int exitOf(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private void remove() {
    try {
      int stopped = run("down");
      int wiped = run("wipe", "--all");
      if (stopped + wiped != 0) {
        throw new FailedException("the cluster in " + directory + " could not be removed");
      }
    } catch (IOException e) {
      throw new FailedException("the cluster in " + directory + " could not be removed", e);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException exiting) {
      return; // the hook is at it
    }
    remove();
  }
}
