package dev.holdfast.cli.bench;

import dev.holdfast.cli.FailedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Resources used by the store nodes of a local cluster, from /proc; Linux only. */
final class ServerProcesses {
  /** USER_HZ, which is 100 on every Linux that Java runs on. */
  private static final long MICROS_PER_TICK = 10_000;

  private final List<Path> processes;

  private ServerProcesses(List<Path> processes) {
    this.processes = List.copyOf(processes);
  }

  static ServerProcesses none() {
    return new ServerProcesses(List.of());
  }

  static ServerProcesses of(List<Long> pids) {
    List<Path> processes = new ArrayList<>();
    for (Long pid : pids) {
      Path process = Path.of("/proc", String.valueOf(pid));
      if (!Files.isReadable(process.resolve("io"))) {
        throw new FailedException("process " + pid + " cannot be measured: no " + process + "/io");
      }
      processes.add(process);
    }
    return new ServerProcesses(processes);
  }

  /** The store nodes of a cluster that scripts/cluster runs in a directory. */
  static ServerProcesses ofCluster(Path directory) throws IOException {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> nodes = Files.newDirectoryStream(directory, "node-*")) {
      for (Path node : nodes) {
        Path file = node.resolve("pid");
        if (Files.exists(file)) {
          pids.add(Long.valueOf(Files.readString(file).split(" ", 2)[0].trim()));
        }
      }
    }
    if (pids.isEmpty()) {
      throw new FailedException("no store node runs in " + directory);
    }
    return of(pids);
  }

  boolean isEmpty() {
    return processes.isEmpty();
  }

  Usage usage() {
    long cpuMicros = 0;
    long bytesWritten = 0;
    for (Path process : processes) {
      cpuMicros += cpuMicros(read(process.resolve("stat")));
      bytesWritten += bytesWritten(read(process.resolve("io")));
    }
    return new Usage(cpuMicros, bytesWritten);
  }

  /** Skips the command's name, which may contain anything; see proc(5). */
  static long cpuMicros(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 14);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  static long bytesWritten(String io) {
    return io.lines()
        .filter(line -> line.startsWith("write_bytes:"))
        .mapToLong(line -> Long.parseLong(line.substring("write_bytes:".length()).trim()))
        .findFirst()
        .orElseThrow(() -> new FailedException("/proc/PID/io has no write_bytes"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new FailedException("a server process ended during the measurement: " + file, e);
    }
  }

  /** CPU time and bytes sent to the disk, since the processes started. */
  record Usage(long cpuMicros, long bytesWritten) {
    Usage minus(Usage before) {
      return new Usage(cpuMicros - before.cpuMicros, bytesWritten - before.bytesWritten);
    }
  }
}
