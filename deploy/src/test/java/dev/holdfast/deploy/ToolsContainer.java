package dev.holdfast.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The image with nothing running, to run the command line and other programs in. */
final class ToolsContainer extends GenericContainer<ToolsContainer> {
  private static final Logger LOG = LoggerFactory.getLogger(ToolsContainer.class);

  /** For programs that end soon: compiling them well costs more than it gains. */
  private static final String JAVA_OPTS = "-XX:+UseSerialGC -Xmx512m -XX:TieredStopAtLevel=1";

  ToolsContainer(SystemTestSettings settings) {
    super(DockerImageName.parse(settings.image()));
    withImagePullPolicy(image -> false);
    withLabels(settings.labels());
    withEnv("JAVA_OPTS", JAVA_OPTS);
    withCreateContainerCmdModifier(
        command -> command.withEntrypoint("sleep").withCmd("infinity").withStopSignal("KILL"));
  }

  /** Runs the command line to its end. */
  Finished holdfast(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "holdfast";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    long started = System.nanoTime();
    Finished finished = run(Map.of(), command);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    LOG.info("{} ms for {}", millis, String.join(" ", command));
    return finished;
  }

  /** Starts the command line. */
  CompletableFuture<Finished> startHoldfast(String... arguments) {
    return CompletableFuture.supplyAsync(
        () -> holdfast(arguments), task -> new Thread(task, "holdfast " + arguments[0]).start());
  }

  /** Freezes what runs in it. */
  void pause() {
    Freezer.freeze(dockerClient, getContainerId());
  }

  void unpause() {
    Freezer.thaw(dockerClient, getContainerId());
  }

  Finished shell(String script) {
    return run(Map.of(), "bash", "-c", script);
  }

  /** As {@link #shell}, with the rights of root. */
  Finished rootShell(String script) {
    return run(ExecConfig.builder().user("0").command(new String[] {"bash", "-c", script}).build());
  }

  /** The text of a gzipped file. */
  String readGzip(String path) {
    return copyFileFromContainer(
        path, in -> new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8));
  }

  Finished run(Map<String, String> environment, String... command) {
    return run(ExecConfig.builder().envVars(environment).command(command).build());
  }

  private Finished run(ExecConfig config) {
    try {
      Container.ExecResult result = execInContainer(config);
      return new Finished(result.getExitCode(), result.getStdout(), result.getStderr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program ran", e);
    }
  }
}
