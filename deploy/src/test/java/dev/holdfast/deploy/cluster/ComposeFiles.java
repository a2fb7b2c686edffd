package dev.holdfast.deploy.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A copy of the project's compose file for a cluster that shares nothing with one that somebody
 * runs on this machine: other names, ports and addresses, and the image under test.
 */
public final class ComposeFiles {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:7(\\d{3}):");
  private static final String FILE = "compose.yaml";
  private static final int FIRST_PORT = 7_000;
  private static final int SECONDS_MAX = 120;

  /** Version 2 is a plug-in of Docker, version 1 a program. */
  private static final String PROGRAM =
      "if docker compose version >/dev/null 2>&1; then compose() { docker compose \"$@\"; }; else compose() { docker-compose \"$@\"; }; fi\n";

  private final Path directory;
  private final int portBase;
  private final String name;

  private ComposeFiles(Path directory, Random random) {
    this.directory = directory;
    this.portBase = 20_000 + 400 * random.nextInt(30);
    this.name = "holdfast-test-" + portBase;
  }

  /** Writes the copy. */
  public static ComposeFiles in(Path directory) throws IOException {
    Random random = new Random();
    ComposeFiles files = new ComposeFiles(directory, random);
    String network = "10.212." + random.nextInt(256) + ".";
    SystemTestSettings settings = SystemTestSettings.load();
    String text = Files.readString(HOME.resolve("deploy").resolve(FILE));
    Files.writeString(directory.resolve(FILE), files.changed(text, network, settings));
    return files;
  }

  private String changed(String text, String network, SystemTestSettings settings) {
    Map.Entry<String, String> label = settings.labels().entrySet().iterator().next();
    String labels = "labels: { %s: \"%s\" }".formatted(label.getKey(), label.getValue());
    return PORT.matcher(text)
        .replaceAll(port -> "127.0.0.1:%d:".formatted(portBase + Integer.parseInt(port.group(1))))
        .replace("10.71.0.", network)
        .replaceAll("interval: \\d+s", "interval: 10s")
        .replaceAll("(?m)^( *)image: .*", "$1image: %s\n$1%s".formatted(settings.image(), labels))
        .replaceAll("name: holdfast_(\\S+) }", "name: %s_$1, %s }".formatted(name, labels))
        .replaceAll(
            "(?m)^( *)name: holdfast_(\\S+)$", "$1name: %s_$2\n$1%s".formatted(name, labels));
  }

  /** The port of this machine that is {@code port} in the files of the project. */
  public int port(int port) {
    return portBase + port - FIRST_PORT;
  }

  /** Whether there is a Docker Compose. */
  public boolean canRun() throws IOException, InterruptedException {
    return shell("compose version").exitCode() == 0;
  }

  /** Runs a command of Docker Compose to its end. */
  public Finished run(String arguments) throws IOException, InterruptedException {
    return shell("compose -p %s -f %s %s".formatted(name, FILE, arguments));
  }

  /** Runs a script beside the files to its end; {@code holdfast} in it is the project's own. */
  public Finished shell(String script) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + PROGRAM + script)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("PATH", HOME.resolve("scripts") + ":" + environment.get("PATH"));
    environment.put("HOLDFAST_CERTS", directory.resolve("certs").toString());
    environment.put(
        "HOLDFAST_ENDPOINT",
        "127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d".formatted(port(7101), port(7102), port(7103)));
    environment.put("HOLDFAST_AGGREGATOR", "127.0.0.1:" + port(7111));
    Process process = builder.start();
    boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    int code = ended ? process.exitValue() : -1;
    return new Finished(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
