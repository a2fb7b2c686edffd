package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.deploy.cluster.Finished;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that cannot start ends soon, with an exit code and one line that says what to do. */
@SystemTest
class StartUpFaultsIT {
  private static final int MISCONFIGURED = 2;
  private static final String NODE_A_ALONE = "node-a=127.0.0.1:7101/127.0.0.1:7201";
  private static final String A_AND_B = NODE_A_ALONE + ",node-b=127.0.0.1:7102/127.0.0.1:7202";

  @RegisterExtension static final ImageOnly IMAGE = new ImageOnly();

  @Test
  void shouldNameAnUnknownKey() {
    Finished node = start("key", Map.of("HOLDFAST_COMMIT_QUEUE_COMMAND_MAX", "5"));

    shouldRefuse(node, "HOLDFAST_COMMIT_QUEUE_COMMANDS_MAX");
  }

  @Test
  void shouldNameTheWaysOutOfHavingNoCertificates() {
    Map<String, String> environment = environment("unsaid", Map.of());
    environment.remove("HOLDFAST_SECURITY_MODE");

    Finished node = IMAGE.tools().run(environment, "timeout", "20", "run", "store-node");

    shouldRefuse(node, "holdfast certs init", "holdfast.security.mode=off");
  }

  @Test
  void shouldNameADataDirectoryThatCanNotBeUsed() {
    IMAGE.tools().rootShell("mkdir -m 700 /tmp/foreign").outOrFail();

    Finished node = start("foreign", Map.of());

    shouldRefuse(node, "/tmp/foreign", "holdfast.node.data-dir");
  }

  @Test
  void shouldNotTakeTheDataOfAnotherNodeOrCluster() {
    endOnceUp("data-of-a");

    Finished otherNode =
        start("data-of-a", Map.of("HOLDFAST_NODE_ID", "node-b", "HOLDFAST_CLUSTER_NODES", A_AND_B));
    Finished otherCluster = start("data-of-a", Map.of("HOLDFAST_CLUSTER_ID", "elsewhere"));

    shouldRefuse(otherNode, "/tmp/data-of-a", "node-a", "node-b");
    shouldRefuse(otherCluster, "/tmp/data-of-a", "start-up", "elsewhere");
  }

  @Test
  void shouldNameAPortThatIsTaken() {
    String script =
        """
        run store-node >/tmp/first.log 2>&1 & first=$!
        until healthy 2>/dev/null; do kill -0 $first || exit 99; done
        HOLDFAST_NODE_DATA_DIR=/tmp/ports-2 run store-node; code=$?
        kill $first; wait $first; exit $code
        """;

    Finished second = IMAGE.tools().run(environment("ports", Map.of()), "bash", "-c", script);

    shouldRefuse(second, "7201", "holdfast.cluster.nodes");
  }

  private static void shouldRefuse(Finished node, String... words) {
    assertThat(node.exitCode()).as(node.toString()).isEqualTo(MISCONFIGURED);
    assertThat(node.err().lines()).as(node.toString()).hasSize(1);
    assertThat(node.err()).contains(words);
  }

  /** Runs a node to its end, which must come soon. */
  private static Finished start(String directory, Map<String, String> changes) {
    Map<String, String> environment = environment(directory, changes);
    return IMAGE.tools().run(environment, "timeout", "20", "run", "store-node");
  }

  /** Runs a node until it serves, so that the directory is its own, and ends it. */
  private static void endOnceUp(String directory) {
    String script =
        """
        run store-node >/tmp/once-up.log 2>&1 & node=$!
        until healthy 2>/dev/null; do kill -0 $node || exit 99; done
        kill $node; wait $node
        """;
    Map<String, String> environment = environment(directory, Map.of());
    IMAGE.tools().run(environment, "timeout", "60", "bash", "-c", script).outOrFail();
  }

  private static Map<String, String> environment(String directory, Map<String, String> changes) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOLDFAST_NODE_ID", "node-a");
    environment.put("HOLDFAST_NODE_DATA_DIR", "/tmp/" + directory);
    environment.put("HOLDFAST_CLUSTER_ID", "start-up");
    environment.put("HOLDFAST_CLUSTER_NODES", NODE_A_ALONE);
    environment.put("HOLDFAST_CLUSTER_BOOTSTRAP", "true");
    environment.put("HOLDFAST_HTTP_PORT", "7301");
    environment.put("HOLDFAST_LOG_FORMAT", "text");
    environment.put("HOLDFAST_SECURITY_MODE", "off");
    environment.put("HOLDFAST_SECURITY_OPEN_TO_NETWORK", "true");
    environment.putAll(changes);
    return environment;
  }
}
