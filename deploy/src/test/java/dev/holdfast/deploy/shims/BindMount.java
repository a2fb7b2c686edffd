package dev.holdfast.deploy.shims;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;

/**
 * A directory of this machine, seen by a container. Docker must run on this machine too, or the
 * container does not start.
 *
 * @param path in the container
 */
public record BindMount(Path directory, String path, boolean readOnly) {
  /** Mounts it beside what is mounted there already; before the container starts. */
  public void into(GenericContainer<?> container) {
    container.withCreateContainerCmdModifier(
        command -> {
          HostConfig host = command.getHostConfig();
          if (host != null) {
            List<Mount> mounts = new ArrayList<>();
            if (host.getMounts() != null) {
              mounts.addAll(host.getMounts());
            }
            mounts.add(mount());
            host.withMounts(mounts);
          }
        });
  }

  private Mount mount() {
    return new Mount()
        .withType(MountType.BIND)
        .withSource(directory.toAbsolutePath().normalize().toString())
        .withTarget(path)
        .withReadOnly(readOnly);
  }
}
