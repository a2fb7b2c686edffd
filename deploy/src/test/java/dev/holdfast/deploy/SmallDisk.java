package dev.holdfast.deploy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.Base58;

/**
 * A disk in memory of so many bytes, for the containers that mount it; it lasts while one of them
 * runs. To be registered before the cluster, so that it is removed after it.
 */
final class SmallDisk implements BeforeAllCallback, AfterAllCallback {
  private final String name = "holdfast-small-disk-" + Base58.randomString(8);
  private final long bytes;

  SmallDisk(long bytes) {
    this.bytes = bytes;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    docker()
        .createVolumeCmd()
        .withName(name)
        .withLabels(SystemTestSettings.load().labels())
        .withDriver("local")
        .withDriverOpts(
            Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=" + bytes + ",mode=0777"))
        .exec();
  }

  void mountAt(String path, GenericContainer<?> container) {
    Mount mount = new Mount().withType(MountType.VOLUME).withSource(name).withTarget(path);
    container.withCreateContainerCmdModifier(
        command -> {
          if (command.getHostConfig() != null) {
            command.getHostConfig().withMounts(List.of(mount));
          }
        });
  }

  @Override
  public void afterAll(ExtensionContext context) {
    docker().removeVolumeCmd(name).exec();
  }

  private static DockerClient docker() {
    return DockerClientFactory.instance().client();
  }
}
