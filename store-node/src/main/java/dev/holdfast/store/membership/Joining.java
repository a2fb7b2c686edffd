package dev.holdfast.store.membership;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.raft.Membership;
import dev.holdfast.store.raft.Standing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the replicas of a node. A replica whose files still hold all that it promised starts at
 * once; any other becomes a new incarnation, once a leader has named one, and asks for its seat
 * until it has it. Waits for peers, so it runs on a thread of its own.
 */
public final class Joining implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
  private static final long ROUND_MILLIS = 250;
  private static final long STOP_SECONDS_MAX = 30;

  private final Partitions partitions;
  private final PeerCalls peers;
  private final NodeIdentity identity;
  private final Founding founding;
  private String lastFailure = "";
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "joining"));

  public Joining(Partitions partitions, PeerCalls peers, NodeIdentity identity) {
    this.partitions = partitions;
    this.peers = peers;
    this.identity = identity;
    this.founding =
        new Founding(
            partitions.self(), identity.disk(), identity.bootstraps(), partitions.nodeIds());
  }

  /**
   * Starts the replicas that can start now and keeps trying with the others.
   *
   * @throws ConfigException when a peer is configured differently
   * @throws IOException when the files of a replica cannot be read
   */
  public void start() throws IOException {
    List<Introduction> answers = peers.introduce();
    refuseOthers(answers);
    round(partitions.all(), answers);
    var unused =
        thread.scheduleWithFixedDelay(
            this::roundWhenNeeded, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void refuseOthers(List<Introduction> answers) {
    for (Introduction peer : answers) {
      String difference = identity.layout().difference(peer.layout());
      if (difference != null) {
        throw new ConfigException(
            "this node and %s are not of one cluster: %s".formatted(peer.nodeId(), difference));
      }
      refuseOtherFounding(peer);
    }
  }

  /** Two clusters: all disks were away at once, and a second one was founded meanwhile. */
  private void refuseOtherFounding(Introduction peer) {
    Map<String, String> founders = identity.founders();
    if (!founders.isEmpty() && peer.isFounded() && !founders.equals(peer.founders())) {
      throw new ConfigException(
          "this node and %s are of two clusters, founded one after the other; keep both, run one"
              .formatted(peer.nodeId()));
    }
  }

  private void roundWhenNeeded() {
    List<PartitionReplica> unsettled =
        partitions.all().stream().filter(replica -> !isSettled(replica)).toList();
    if (unsettled.isEmpty()) {
      return;
    }
    try {
      List<Introduction> answers = peers.introduce();
      refuseOthers(answers);
      unsettled.forEach(replica -> roundOf(replica, answers));
    } catch (RuntimeException e) {
      tell(e);
    }
  }

  /** Logs a failure once: it recurs four times a second. */
  private void tell(RuntimeException e) {
    String what = e.toString();
    if (!what.equals(lastFailure)) {
      LOG.error("this node does not look for its place any further while this lasts", e);
    }
    lastFailure = what;
  }

  /** A replica that cannot start keeps no other from its place. */
  private void roundOf(PartitionReplica replica, List<Introduction> answers) {
    try {
      round(List.of(replica), answers);
    } catch (IOException e) {
      LOG.error("partition {} does not start", replica.partition(), e);
      replica.stopForGood(String.valueOf(e.getMessage()));
    }
  }

  /** True when it votes and knows a leader, or when only an operator can help. */
  private static boolean isSettled(PartitionReplica replica) {
    boolean votes = replica.membership().isSeated();
    if (votes) {
      replica.waitsFor(null);
    }
    return replica.fault() != null || (votes && replica.raft().leader() != null);
  }

  private void round(List<PartitionReplica> unsettled, List<Introduction> answers)
      throws IOException {
    if (identity.founders().isEmpty()) {
      takePart(answers);
    }
    if (identity.founders().isEmpty()) {
      String missing = founding.missing(answers);
      partitions.all().forEach(replica -> replica.waitsFor(missing));
      return;
    }
    for (PartitionReplica replica : unsettled) {
      goOn(replica, answers);
    }
  }

  /** Writes the record last, so that a crash before that changes nothing. */
  private void takePart(List<Introduction> answers) throws IOException {
    Map<String, String> record = founding.record(answers);
    if (record == null) {
      return;
    }
    if (identity.disk().equals(record.get(partitions.self()))) {
      LOG.info("founds the cluster with {}", record.keySet());
      for (PartitionReplica replica : partitions.all()) {
        replica.membership().become(Standing.FOUNDER);
      }
    }
    FailPoint.CLUSTER_FOUNDED.reach();
    identity.keepFounders(record);
  }

  private void goOn(PartitionReplica replica, List<Introduction> answers) throws IOException {
    Membership membership = replica.membership();
    Integer running = membership.incarnation();
    int known = latestKnown(replica.partition(), answers);
    if (running == null) {
      startOrAsk(replica, known, answers);
    } else if (known > running) {
      replica.stopForGood(
          "it was replaced by incarnation %d; start the node again to join anew".formatted(known));
    } else if (!membership.isSeated()) {
      askForSeat(replica, running, answers);
    }
  }

  /** The incarnation of this node that the others know as a voter. */
  private static int latestKnown(int partition, List<Introduction> answers) {
    return answers.stream()
        .filter(answer -> partition < answer.incarnations().size())
        .mapToInt(answer -> answer.incarnations().get(partition))
        .max()
        .orElse(Standing.UNKNOWN);
  }

  private void startOrAsk(PartitionReplica replica, int known, List<Introduction> answers)
      throws IOException {
    Standing standing = replica.membership().standing();
    String doubt = standing.doubt();
    if (doubt == null && known > standing.incarnation()) {
      doubt = "it was replaced by incarnation " + known;
    }
    if (doubt == null) {
      replica.start(standing.incarnation());
      replica.waitsFor(null);
      return;
    }
    OptionalInt granted = askForIncarnation(replica.partition(), answers);
    if (granted.isEmpty()) {
      replica.waitsFor(
          "a leader must name its next incarnation (%s); that takes a majority without this replica"
              .formatted(doubt));
      return;
    }
    LOG.warn(
        "partition {} becomes incarnation {} here: {}",
        replica.partition(),
        granted.getAsInt(),
        doubt);
    FailPoint.INCARNATION_GRANTED.reach();
    replica.membership().become(granted.getAsInt());
    FailPoint.INCARNATION_TAKEN.reach();
    replica.start(granted.getAsInt());
    askForSeat(replica, granted.getAsInt(), answers);
  }

  private OptionalInt askForIncarnation(int partition, List<Introduction> answers) {
    return answers.stream()
        .map(peer -> peers.askForIncarnation(peer.nodeId(), partition))
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private void askForSeat(PartitionReplica replica, int incarnation, List<Introduction> answers) {
    replica.waitsFor("its seat as incarnation %d: it catches up first".formatted(incarnation));
    FailPoint.SEAT_ASKED.reach();
    for (Introduction peer : answers) {
      peers.askForSeat(
          peer.nodeId(), replica.partition(), incarnation, replica.raft().lastLogIndex());
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.warn("a replica is still starting and is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
