package dev.holdfast.deploy;

import dev.holdfast.deploy.cluster.Cluster;
import dev.holdfast.deploy.cluster.ContainerLogs;
import dev.holdfast.deploy.cluster.NodeContainer;
import dev.holdfast.deploy.cluster.ToolsContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A cluster for all tests of a class. A failure gets the containers' last lines attached; whole
 * logs stay in target/container-logs.
 */
final class HoldfastCluster extends Cluster
    implements BeforeAllCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private static final Path LOGS = Path.of("target", "container-logs");
  private static final int LOG_LINES = 60;

  @Override
  public HoldfastCluster with(String variable, String value) {
    super.with(variable, value);
    return this;
  }

  @Override
  public HoldfastCluster with(String node, Consumer<NodeContainer> change) {
    super.with(node, change);
    return this;
  }

  @Override
  public HoldfastCluster withEach(Consumer<NodeContainer> change) {
    super.withEach(change);
    return this;
  }

  @Override
  public HoldfastCluster withTools(Consumer<ToolsContainer> change) {
    super.withTools(change);
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (isUp()) {
      nodes().forEach(node -> keepLog(context, node));
      stop();
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  private Throwable withLogs(Throwable failure) {
    if (isUp()) {
      nodes().stream().map(HoldfastCluster::log).forEach(failure::addSuppressed);
    }
    return failure;
  }

  private static void keepLog(ExtensionContext context, NodeContainer node) {
    String name = context.getRequiredTestClass().getSimpleName() + "-" + node.id() + ".log";
    try {
      Files.createDirectories(LOGS);
      Files.writeString(LOGS.resolve(name), node.getContainerId() == null ? "" : node.getLogs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContainerLogs log(NodeContainer node) {
    return new ContainerLogs(
        "last lines of %s:%n%s".formatted(node.id(), node.lastLines(LOG_LINES)));
  }
}
