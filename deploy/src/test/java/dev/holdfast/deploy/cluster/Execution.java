package dev.holdfast.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;

/** Programs that are run in a container until they end. */
final class Execution {
  private Execution() {}

  static Finished asRoot(GenericContainer<?> container, String script) {
    String[] command = {"bash", "-c", script};
    return run(container, ExecConfig.builder().user("0").command(command).build());
  }

  static Finished run(GenericContainer<?> container, ExecConfig config) {
    try {
      Container.ExecResult result = container.execInContainer(config);
      return new Finished(result.getExitCode(), result.getStdout(), result.getStderr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program ran", e);
    }
  }
}
