package dev.holdfast.deploy.cluster;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import java.time.Duration;

/** Freezes and thaws containers. */
public final class Freezer {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Freezer() {}

  /** Under cgroups v1 the runtime gives up when a busy machine takes long to freeze: ask again. */
  public static void freeze(DockerClient docker, String container) {
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

  public static void thaw(DockerClient docker, String container) {
    docker.unpauseContainerCmd(container).exec();
  }
}
