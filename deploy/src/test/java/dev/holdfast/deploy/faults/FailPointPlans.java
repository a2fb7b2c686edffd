package dev.holdfast.deploy.faults;

import com.github.dockerjava.api.model.RestartPolicy;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.deploy.cluster.Cluster;
import dev.holdfast.deploy.cluster.NodeContainer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Actions by chance at the failpoints of all nodes. Each start of a node draws from another seed:
 * else it would end at the same place again and again. A node that ends is started again by Docker.
 */
enum FailPointPlans {
  CRASH("crash", 0.000_1, 0.02),
  FAIL("fail", 0.000_1, 0.02),
  DELAY("delay:25", 0.002, 0.2);

  /** Places that a node reaches for every command, entry or event. */
  private static final Set<FailPoint> OFTEN =
      EnumSet.of(
          FailPoint.COMMANDS_DRAINED,
          FailPoint.BATCH_DECIDED,
          FailPoint.BATCH_PROPOSED,
          FailPoint.FATE_KNOWN,
          FailPoint.ANSWERS_TOLD,
          FailPoint.LOG_APPEND,
          FailPoint.LOG_APPENDED,
          FailPoint.READ_CONFIRMED,
          FailPoint.ENTRY_APPLY,
          FailPoint.STATE_WRITE,
          FailPoint.STATE_WRITTEN,
          FailPoint.EXPIRY_DUE,
          FailPoint.EVICTION_DUE,
          FailPoint.RECEIPTS_EVICT,
          FailPoint.LOG_TRIM,
          FailPoint.HANDOVER_SEND,
          FailPoint.HANDOVER_CREDIT,
          FailPoint.HANDOVER_ANSWERED,
          FailPoint.CALL_FORWARDED,
          FailPoint.FEED_SEND,
          FailPoint.FEED_RECEIVED,
          FailPoint.VIEW_WRITE,
          FailPoint.VIEW_WRITTEN,
          FailPoint.EXPORT_PAGE);

  /** Counts the starts of a container, which keeps its files over them. */
  private static final String START =
      """
      starts=$(($(cat /tmp/starts 2>/dev/null || echo 0) + 1)); echo $starts >/tmp/starts
      export JAVA_OPTS="$JAVA_OPTS -Dholdfast.failpoints=seed=$((FAILPOINTS_SEED + starts));$FAILPOINTS"
      exec run "$@"
      """;

  private final String action;
  private final double chanceOften;
  private final double chanceSeldom;

  FailPointPlans(String action, double chanceOften, double chanceSeldom) {
    this.action = action;
    this.chanceOften = chanceOften;
    this.chanceSeldom = chanceSeldom;
  }

  void giveTo(Cluster cluster) {
    cluster.withEach(this::giveTo);
  }

  private void giveTo(NodeContainer node) {
    node.withEnv("FAILPOINTS", text());
    node.withEnv("FAILPOINTS_SEED", Integer.toString(node.member().place() * 1_000));
    node.withCreateContainerCmdModifier(
        command -> {
          command.withEntrypoint("bash", "-c", START, "run");
          Objects.requireNonNull(command.getHostConfig())
              .withRestartPolicy(RestartPolicy.alwaysRestart());
        });
  }

  private String text() {
    return Arrays.stream(FailPoint.values()).map(this::step).collect(Collectors.joining(";"));
  }

  private String step(FailPoint point) {
    double chance = OFTEN.contains(point) ? chanceOften : chanceSeldom;
    return String.format(Locale.ROOT, "%s=%s@%f", point, action, chance);
  }
}
