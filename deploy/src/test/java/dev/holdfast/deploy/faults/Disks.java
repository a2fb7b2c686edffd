package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.NodeContainer;
import dev.holdfast.deploy.cluster.ToolsContainer;
import dev.holdfast.deploy.cluster.Volume;
import java.util.LinkedHashMap;
import java.util.Map;

/** The disks of a cluster's nodes. */
final class Disks implements AutoCloseable {
  private static final String DATA = "/var/lib/holdfast";

  private final Map<String, Volume> volumes = new LinkedHashMap<>();

  void give(NodeContainer node) {
    Volume volume = Volume.onDisk();
    volume.make();
    volumes.put(node.id(), volume);
    volume.mountAt(DATA, node);
  }

  void showTo(ToolsContainer tools) {
    volumes.forEach((node, volume) -> volume.mountAt(pathInTools(node), tools));
  }

  /** Where the container of the command line has the data directory of a node. */
  static String pathInTools(String node) {
    return "/disks/" + node;
  }

  @Override
  public void close() {
    volumes.values().forEach(Volume::close);
  }
}
