package dev.holdfast.deploy.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.Base58;

/**
 * A disk for the containers that mount it. To be made before the cluster, and so removed after it.
 */
public final class Volume implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private final String name = "holdfast-volume-" + Base58.randomString(8);
  private final Map<String, String> options;

  private Volume(Map<String, String> options) {
    this.options = options;
  }

  /** A directory of Docker's. */
  public static Volume onDisk() {
    return new Volume(Map.of());
  }

  /** So many bytes of memory; they last while a container runs that mounts them. */
  public static Volume inMemory(long bytes) {
    return new Volume(
        Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=" + bytes + ",mode=0777"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    make();
  }

  public void make() {
    docker()
        .createVolumeCmd()
        .withName(name)
        .withLabels(SystemTestSettings.load().labels())
        .withDriver("local")
        .withDriverOpts(options)
        .exec();
  }

  /** To be called before the container starts. */
  public void mountAt(String path, GenericContainer<?> container) {
    Mount mount = new Mount().withType(MountType.VOLUME).withSource(name).withTarget(path);
    container.withCreateContainerCmdModifier(
        command -> add(mount, Objects.requireNonNull(command.getHostConfig())));
  }

  private static void add(Mount mount, HostConfig config) {
    List<Mount> mounts = new ArrayList<>();
    if (config.getMounts() != null) {
      mounts.addAll(config.getMounts());
    }
    mounts.add(mount);
    config.withMounts(mounts);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    docker().removeVolumeCmd(name).exec();
  }

  private static DockerClient docker() {
    return DockerClientFactory.instance().client();
  }
}
