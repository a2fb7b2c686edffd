package dev.holdfast.deploy;

import dev.holdfast.deploy.cluster.SystemTestSettings;
import dev.holdfast.deploy.cluster.ToolsContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One container of the image with nothing running, for all tests of a class. */
final class ImageOnly implements BeforeAllCallback, AfterAllCallback {
  private @Nullable ToolsContainer tools;

  @Override
  public void beforeAll(ExtensionContext context) {
    tools = new ToolsContainer(SystemTestSettings.load());
    tools.withNetworkMode("none").start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (tools != null) {
      tools.stop();
    }
  }

  ToolsContainer tools() {
    if (tools == null) {
      throw new IllegalStateException("the container is not up");
    }
    return tools;
  }
}
