package dev.holdfast.deploy;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import java.time.Duration;

/** Freezes and thaws containers. */
final class Freezer {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Freezer() {}

  /** Under cgroups v1 the runtime gives up when a busy machine takes long to freeze: ask again. */
  static void freeze(DockerClient docker, String container) {
    await("the container to freeze")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .ignoreException(InternalServerErrorException.class)
        .until(
            () -> {
              docker.pauseContainerCmd(container).exec();
              return true;
            });
  }

  static void thaw(DockerClient docker, String container) {
    docker.unpauseContainerCmd(container).exec();
  }
}
