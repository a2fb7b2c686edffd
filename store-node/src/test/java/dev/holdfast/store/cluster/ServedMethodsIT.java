package dev.holdfast.store.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.access.MethodRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A method without a rule of access would be refused to everybody. */
final class ServedMethodsIT {
  @Test
  void shouldHaveARuleForEveryMethod(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      List<String> methods = cluster.node(0).running().methods();

      assertThat(methods)
          .hasSizeGreaterThan(40)
          .contains("grpc.health.v1.Health/Check")
          .allSatisfy(method -> assertThat(MethodRules.of(method)).as(method).isNotNull());
    }
  }
}
