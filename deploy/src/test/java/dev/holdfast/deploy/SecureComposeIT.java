package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import dev.holdfast.deploy.cluster.ComposeFiles;
import dev.holdfast.deploy.cluster.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/**
 * The compose file, as people run it: by Docker Compose, but for names, ports, addresses and the
 * image, and looking at the health of nodes more often. Callers come from this machine, with the
 * certificate that the cluster made.
 */
@SystemTest
class SecureComposeIT {
  private static final String NODES = "node-a node-b node-c aggregator";
  private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(90);

  @TempDir static Path temporary;

  private static ComposeFiles compose;
  private static boolean started;
  private static List<String> containers = List.of();

  @BeforeAll
  static void start() throws Exception {
    compose = ComposeFiles.in(temporary);
    if (!compose.canRun()) {
      String reason = "Docker Compose is not here; scripts/check/ensure-compose installs it";
      if ("required".equals(System.getProperty("system.tests"))) {
        fail(reason);
      }
      abort(reason);
    }
    started = true;
    compose.run("up -d").outOrFail();
    containers = compose.run("ps -q " + NODES).outOrFail().lines().toList();
    try {
      await()
          .atMost(HEALTHY_WITHIN)
          .until(() -> containers.stream().allMatch(SecureComposeIT::isHealthy));
    } catch (RuntimeException e) {
      throw new AssertionError(compose.run("logs --tail 20").out(), e);
    }
    compose
        .run("exec -T node-a tar -C /etc/holdfast -c certs | tar -x --no-same-owner")
        .outOrFail();
  }

  @AfterAll
  static void stop() throws Exception {
    if (started) {
      compose.run("down -v --timeout 0").outOrFail();
    }
  }

  /** By the health check of the image, which goes over TLS. */
  private static boolean isHealthy(String container) {
    var health = inspect(container).getState().getHealth();
    return health != null && "healthy".equals(health.getStatus());
  }

  private static InspectContainerResponse inspect(String container) {
    return DockerClientFactory.instance().client().inspectContainerCmd(container).exec();
  }

  @Test
  void shouldServeCallersWithACertificate() throws Exception {
    String seen =
        compose
            .shell(
                """
                holdfast stock create oslo tea-1 --quantity 5
                holdfast sync now
                curl -sS --fail --cacert certs/ca.crt --cert certs/user.admin.crt --key certs/user.admin.key \
                  https://localhost:%d/api/global/tea-1
                """
                    .formatted(compose.port(7311)))
            .outOrFail();

    assertThat(seen).contains("\"on_hand\":5");
  }

  /** There the temporary folder runs nothing, and Java does the work of native libraries. */
  @Test
  void shouldRunTheCommandLineInAContainerOfANode() throws Exception {
    Finished status = compose.run("exec -T node-b holdfast cluster status");

    assertThat(status.outOrFail()).contains("node-a", "node-b", "node-c");
    assertThat(status.err()).isEmpty();
  }

  @Test
  void shouldRefuseCallersWithoutOne() throws Exception {
    String page =
        "curl -sS -o /dev/null -w '%%{http_code}' --cacert certs/ca.crt https://localhost:%d/%s";

    assertThat(compose.shell(page.formatted(compose.port(7311), "api/global/x")).out())
        .isEqualTo("401");
    assertThat(compose.shell(page.formatted(compose.port(7301), "metrics")).out()).isEqualTo("401");
    Finished plain = compose.shell("holdfast stock get oslo tea-1 --insecure --timeout 2");
    assertThat(plain.exitCode()).as(plain.toString()).isEqualTo(1);
    assertThat(plain.err()).contains("hung up");
  }

  @Test
  void shouldGiveNobodyRightsNorAnywhereToWrite() throws Exception {
    assertThat(containers).hasSize(4);
    for (String container : containers) {
      HostConfig host = Objects.requireNonNull(inspect(container).getHostConfig());
      assertThat(host.getReadonlyRootfs()).isTrue();
      assertThat(in(container, "cat /proc/1/status"))
          .contains(
              "Uid:\t10001\t10001\t10001\t10001\n",
              "CapBnd:\t0000000000000000\n",
              "NoNewPrivs:\t1\n");
      assertThat(in(container, "grep netty_tcnative /proc/1/maps").lines())
          .allMatch(line -> line.contains("/var/lib/holdfast/native/unpacking/"));
    }
  }

  private static String in(String container, String command) throws Exception {
    return compose.shell("docker exec " + container + " " + command).outOrFail();
  }

  @Test
  void shouldShowKeysToTheirUserOnly() throws Exception {
    try (Stream<Path> files = Files.list(temporary.resolve("certs"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".key")))
          .isNotEmpty()
          .allSatisfy(
              key ->
                  assertThat(Files.getPosixFilePermissions(key))
                      .noneMatch(permission -> !permission.name().startsWith("OWNER")));
    }
  }
}
