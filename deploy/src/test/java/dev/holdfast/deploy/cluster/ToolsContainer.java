package dev.holdfast.deploy.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The image with nothing running, to run the command line and other programs in. */
public final class ToolsContainer extends GenericContainer<ToolsContainer> {
  private static final Logger LOG = LoggerFactory.getLogger(ToolsContainer.class);

  /** For programs that end soon: compiling them well costs more than it gains. */
  private static final String JAVA_OPTS = "-XX:+UseSerialGC -Xmx512m -XX:TieredStopAtLevel=1";

  public ToolsContainer(SystemTestSettings settings) {
    super(DockerImageName.parse(settings.image()));
    withImagePullPolicy(image -> false);
    withLabels(settings.labels());
    withEnv("JAVA_OPTS", JAVA_OPTS);
    withCreateContainerCmdModifier(
        command -> command.withEntrypoint("sleep").withCmd("infinity").withStopSignal("KILL"));
  }

  /** Runs the command line to its end. */
  public Finished holdfast(String... arguments) {
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
  public CompletableFuture<Finished> startHoldfast(String... arguments) {
    return CompletableFuture.supplyAsync(
        () -> holdfast(arguments), task -> new Thread(task, "holdfast " + arguments[0]).start());
  }

  /** Freezes what runs in it. */
  public void pause() {
    Freezer.freeze(dockerClient, getContainerId());
  }

  public void unpause() {
    Freezer.thaw(dockerClient, getContainerId());
  }

  public Finished shell(String script) {
    return run(Map.of(), "bash", "-c", script);
  }

  /** As {@link #shell}, with the rights of root. */
  public Finished rootShell(String script) {
    return Execution.asRoot(this, script);
  }

  /** The text of a gzipped file. */
  public String readGzip(String path) {
    return copyFileFromContainer(
        path, in -> new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8));
  }

  public Finished run(Map<String, String> environment, String... command) {
    return Execution.run(this, ExecConfig.builder().envVars(environment).command(command).build());
  }
}
