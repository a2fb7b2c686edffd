package dev.holdfast.deploy.faults;

import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.deploy.cluster.Cluster;
import dev.holdfast.deploy.cluster.NodeContainer;
import dev.holdfast.deploy.replicas.Comparison;
import dev.holdfast.deploy.replicas.ReplicaFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replicas of a cluster, compared row by row while its nodes are stopped. */
final class Replicas {
  private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);

  /** A digest or a change of leadership may come between the stops of two nodes. */
  private static final int TRIES = 4;

  private final Site site;
  private final Cluster cluster;

  Replicas(Site site) {
    this.site = site;
    cluster = site.cluster();
  }

  /** What differs; empty when all replicas are equal. The nodes are stopped afterwards. */
  List<String> differences() {
    List<Comparison> unequal = unequal();
    for (int i = 1; i < TRIES && !unequal.stream().allMatch(Comparison::isInStep); i++) {
      unequal = unequal();
    }
    return unequal.stream().map(comparison -> "replicas: " + comparison).toList();
  }

  private List<Comparison> unequal() {
    site.makeWhole();
    cluster.awaitInStep();
    return compare().stream().filter(comparison -> !comparison.isEqual()).toList();
  }

  private List<Comparison> compare() {
    cluster.nodes().forEach(NodeActions::terminateSoon);
    cluster.nodes().forEach(NodeActions::terminate);
    Path copies = temporary();
    Encryption encryption = site.equipment().encryption();
    try {
      List<Comparison> comparisons = new ArrayList<>();
      for (int partition = 0; partition < Site.PARTITIONS; partition++) {
        String state = "partition-" + partition + "/state";
        comparisons.add(
            ReplicaFiles.ofPartition(
                copy(cluster.stores(), "/" + state, copies.resolve(state)), encryption));
      }
      if (cluster.aggregators().size() > 1) {
        comparisons.add(
            ReplicaFiles.ofAggregators(
                copy(cluster.aggregators(), "", copies.resolve("views")), encryption));
      }
      comparisons.forEach(comparison -> LOG.info("replicas: {}", comparison));
      return comparisons;
    } finally {
      delete(copies);
    }
  }

  private static Map<String, Path> copy(List<NodeContainer> nodes, String directory, Path target) {
    Map<String, Path> copies = new LinkedHashMap<>();
    for (NodeContainer node : nodes) {
      Path place = target.resolve(node.id());
      copies.put(node.id(), ReplicaFiles.copy(node, Equipment.DATA + directory, place));
    }
    return copies;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("replicas-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
