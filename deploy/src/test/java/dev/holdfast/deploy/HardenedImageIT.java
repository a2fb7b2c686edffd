package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ChangeLog;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.holdfast.deploy.cluster.Finished;
import dev.holdfast.deploy.cluster.NodeContainer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;

/**
 * The image as careful people run it: not as root, without capabilities, with nothing to write to
 * but the data and a small temporary folder that runs nothing. One node could write elsewhere, so
 * that it shows whether it does. The aggregator's data disk runs nothing either.
 */
@SystemTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HardenedImageIT {
  private static final String DATA = "/var/lib/holdfast";
  private static final String TMP = "rw,noexec,nosuid,nodev,size=16m";
  private static final String OF_THE_USER = "rw,nosuid,nodev,uid=10001,gid=10001,mode=0700";
  private static final String WRITABLE = "node-c";

  @RegisterExtension
  static final HoldfastCluster CLUSTER =
      new HoldfastCluster()
          .withTools(tools -> harden(tools, true))
          .withEach(node -> harden(node, !node.id().equals(WRITABLE)))
          .withEach(HardenedImageIT::mountData);

  private static void harden(GenericContainer<?> container, boolean readOnly) {
    container.withTmpFs(Map.of("/tmp", TMP));
    container.withCreateContainerCmdModifier(
        command ->
            host(command)
                .withCapAdd()
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(readOnly));
  }

  private static void mountData(NodeContainer node) {
    if (node.member().isStore()) {
      Mount volume = new Mount().withType(MountType.VOLUME).withTarget(DATA);
      node.withCreateContainerCmdModifier(command -> host(command).withMounts(List.of(volume)));
    } else {
      node.withTmpFs(
          Map.of("/tmp", TMP, DATA, OF_THE_USER + ",noexec", "/run", OF_THE_USER + ",exec"));
      node.withEnv("HOLDFAST_NODE_NATIVE_DIR", "/run/native");
    }
  }

  private static HostConfig host(CreateContainerCmd command) {
    return Objects.requireNonNull(command.getHostConfig());
  }

  @Test
  @Order(1)
  void shouldServeWithoutRightsAndWriteNothingOutsideOfItsVolumes() {
    CLUSTER.tools().holdfast("stock", "create", "Oslo", "tea", "--quantity", "3").outOrFail();
    CLUSTER.tools().holdfast("sync", "now").outOrFail();
    CLUSTER.tools().holdfast("verify").outOrFail();
    Finished read = CLUSTER.tools().holdfast("global", "get", "tea", "-o", "csv");
    assertThat(read.outOrFail()).contains("tea,Oslo,3,");
    assertThat(read.err()).isEmpty();

    for (NodeContainer node : CLUSTER.nodes()) {
      assertThat(node.shell("cat /proc/1/status").outOrFail())
          .contains(
              "Uid:\t10001\t10001\t10001\t10001\n",
              "Gid:\t10001\t10001\t10001\t10001\n",
              "CapPrm:\t0000000000000000\n",
              "CapEff:\t0000000000000000\n",
              "CapBnd:\t0000000000000000\n",
              "NoNewPrivs:\t1\n");
      assertThat(changes(node)).as(node.id()).isEmpty();
    }
  }

  /** Docker answers nothing when there are none. */
  private static List<ChangeLog> changes(NodeContainer node) {
    @Nullable List<ChangeLog> found =
        node.getDockerClient().containerDiffCmd(node.getContainerId()).exec();
    return found == null ? List.of() : found;
  }

  @Test
  @Order(2)
  void shouldLeaveNothingThatGrowsWhenItIsKilled() {
    NodeContainer node = CLUSTER.node(WRITABLE);
    for (int i = 0; i < 2; i++) {
      node.killHard();
      node.startAgain();
      CLUSTER.eventually("the node to be ready again", node::isReady);
    }

    String libraries = DATA + "/native";
    assertThat(node.shell("ls -A " + libraries + "/unpacking").outOrFail()).isEqualTo("lock\n");
    assertThat(node.shell("ls -A " + libraries).outOrFail().lines()).hasSize(2);
    assertThat(node.shell("ls -A /tmp").outOrFail()).matches("(hsperfdata_\\w+\n)?");
    assertThat(changes(node)).isEmpty();
    // Were something written, it would be seen.
    node.rootShell("touch /seen").outOrFail();
    assertThat(changes(node)).extracting(ChangeLog::getPath).contains("/seen");
  }
}
