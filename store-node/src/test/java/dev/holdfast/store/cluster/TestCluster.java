package dev.holdfast.store.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** Three nodes on loopback. Partition i prefers node i. */
final class TestCluster implements AutoCloseable {
  static final int PARTITIONS = 3;
  private static final List<String> NODES = List.of("node-a", "node-b", "node-c");
  private static final PartitionMap MAP = new PartitionMap(PARTITIONS, Map.of());

  private final List<TestNode> nodes;
  private final List<HoldfastClient> clients = new ArrayList<>();
  private @Nullable HoldfastClient retrying;
  private @Nullable CallerIdentity caller;

  private TestCluster(List<TestNode> nodes) {
    this.nodes = nodes;
  }

  /** Makes nodes with their data under a directory; starts none. */
  static TestCluster in(Path directory, Map<String, String> settings) {
    return in(directory, settings, NODES);
  }

  /** With TLS: nodes and callers have certificates. */
  static TestCluster secured(
      Path directory, TestCertificates certificates, Map<String, String> settings) {
    TestCluster cluster = in(directory, settings);
    CallerIdentity caller = certificates.caller("caller", TestCertificates.user("caller"));
    cluster.caller = caller;
    cluster.nodes.forEach(node -> node.secured(certificates, caller));
    return cluster;
  }

  /** A cluster of one node, for what needs no peers. */
  static TestCluster single(Path directory, Map<String, String> settings) {
    return in(directory, settings, NODES.subList(0, 1)).start();
  }

  private static TestCluster in(Path directory, Map<String, String> settings, List<String> ids) {
    Ports ports = new Ports();
    Map<String, String> addresses = new LinkedHashMap<>();
    ids.forEach(id -> addresses.put(id, "127.0.0.1:" + ports.next()));
    String members =
        ids.stream()
            .map(id -> id + "=" + addresses.get(id) + "/127.0.0.1:" + ports.next())
            .collect(Collectors.joining(","));
    List<TestNode> nodes = new ArrayList<>();
    addresses.forEach(
        (id, address) -> {
          Map<String, String> own = new HashMap<>(small());
          own.put("holdfast.node.id", id);
          own.put("holdfast.node.data-dir", directory.resolve(id).toString());
          own.put("holdfast.cluster.id", "test");
          own.put("holdfast.cluster.nodes", members);
          own.put("holdfast.http.port", Integer.toString(ports.next()));
          settings.forEach((key, value) -> own.put("holdfast." + key, value));
          nodes.add(new TestNode(id, address, own));
        });
    return new TestCluster(nodes);
  }

  private static Map<String, String> small() {
    return Map.of(
        "holdfast.cluster.bootstrap", "true",
        "holdfast.raft.election-timeout", "700ms",
        "holdfast.storage.block-cache-bytes", "8MiB",
        "holdfast.storage.memtable-bytes", "16MiB",
        "holdfast.storage.free-bytes-min", "1MiB",
        "holdfast.snapshot.spacing", "1ms",
        "holdfast.digest.quiet", "1d"); // else it would come between what a test counts
  }

  static TestCluster started(Path directory) {
    return started(directory, Map.of());
  }

  static TestCluster started(Path directory, Map<String, String> settings) {
    return in(directory, settings).start();
  }

  /** Starts all that are down and waits until every partition has a leader. */
  TestCluster start() {
    nodes.stream().filter(node -> !node.isRunning()).forEach(TestNode::start);
    awaitLeaders();
    return this;
  }

  static ConditionFactory patiently() {
    return await()
        .atMost(Duration.ofSeconds(40))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20));
  }

  void awaitPreferredLeaders() {
    patiently()
        .untilAsserted(
            () -> {
              for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(leading(partition)).containsExactly(nodes.get(partition));
              }
            });
  }

  /** Waits until every partition is led by somebody who runs. */
  void awaitLeaders() {
    int partitions = nodes.get(0).config().cluster().partitions();
    patiently().until(() -> IntStream.range(0, partitions).allMatch(i -> leading(i).size() == 1));
  }

  /** The nodes that believe to lead a partition. */
  private List<TestNode> leading(int partition) {
    return nodes.stream()
        .filter(node -> node.isRunning() && node.replica(partition).isLeading())
        .toList();
  }

  /** The one that leads a partition, once there is one. */
  TestNode leaderOf(int partition) {
    return patiently().until(() -> leading(partition), found -> found.size() == 1).get(0);
  }

  /** A running node that does not lead a partition. */
  TestNode followerOf(int partition) {
    TestNode leader = leaderOf(partition);
    return nodes.stream().filter(node -> node.isRunning() && node != leader).findFirst().get();
  }

  List<TestNode> nodes() {
    return nodes;
  }

  TestNode node(int index) {
    return nodes.get(index);
  }

  /** The n-th store that lives in a partition. */
  static String store(int partition, int n) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "store-" + i)
        .filter(store -> MAP.partitionOf(store) == partition)
        .skip(n)
        .findFirst()
        .get();
  }

  static String store(int partition) {
    return store(partition, 0);
  }

  /** Moves an item's stock so many times. */
  void move(String store, String sku, int times) {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      commands.add(Caller.command(Caller.adjustment(store, sku, i % 2 == 0 ? -3 : 2)));
    }
    batch(commands)
        .getOutcomesList()
        .forEach(outcome -> assertThat(outcome.hasAccepted()).isTrue());
  }

  /** Runs commands, each until it is decided. */
  SubmitBatchResponse batch(List<Command> commands) {
    if (retrying == null) {
      retrying = client();
    }
    return retrying
        .submitBatch(SubmitBatchRequest.newBuilder().addAllCommands(commands).build())
        .join();
  }

  HoldfastClient client() {
    List<String> endpoints = nodes.stream().map(node -> node.address).toList();
    return client(ClientSettings.at(endpoints).withBudget(Duration.ofSeconds(40)));
  }

  HoldfastClient client(ClientSettings settings) {
    HoldfastClient client =
        HoldfastClient.connect(caller == null ? settings : settings.withTls(caller));
    clients.add(client);
    return client;
  }

  /** Waits until all replicas are at the same place and says what they hold, the same on all. */
  ReplicaContent awaitEqualReplicas(int partition) {
    patiently()
        .untilAsserted(
            () -> {
              ReplicaContent first = ReplicaContent.of(nodes.get(0).state(partition));
              for (TestNode node : nodes) {
                assertThat(ReplicaContent.of(node.state(partition))).as(node.id).isEqualTo(first);
              }
            });
    return Objects.requireNonNull(ReplicaContent.of(nodes.get(0).state(partition)));
  }

  @Override
  public void close() {
    clients.forEach(HoldfastClient::close);
    nodes.forEach(TestNode::close);
  }
}
