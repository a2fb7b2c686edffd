package dev.holdfast.deploy.faults;

import dev.holdfast.common.client.ClientSecurity;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.deploy.cluster.Cluster;
import dev.holdfast.deploy.cluster.NodeContainer;
import dev.holdfast.deploy.cluster.ToolsContainer;
import dev.holdfast.deploy.cluster.Volume;
import dev.holdfast.deploy.power.LoopDisk;
import dev.holdfast.deploy.shims.ClockShift;
import dev.holdfast.deploy.shims.FaultShims;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The disks of a cluster's nodes, and the libraries that are preloaded into them. */
final class Equipment implements AutoCloseable {
  /** Where nodes have their data. */
  static final String DATA = "/var/lib/holdfast";

  private static final long SMALL_BYTES = 400L << 20;
  private static final long LOOP_BYTES = 2L << 30;

  private final Setting setting;
  private final Map<String, Volume> volumes = new LinkedHashMap<>();
  private final Map<String, LoopDisk> loops = new LinkedHashMap<>();
  private final Map<String, FaultShims> shims = new LinkedHashMap<>();

  private final @Nullable Secrets secrets;

  Equipment(Setting setting) {
    this.setting = setting;
    this.secrets = setting == Setting.SECURE ? new Secrets() : null;
  }

  /** Changes a cluster before its start. */
  void prepare(Cluster cluster) {
    setting.prepare(cluster);
    if (secrets != null) {
      secrets.prepare(cluster);
    }
  }

  /** Makes what a node needs; before its start. */
  void give(NodeContainer node) {
    boolean isStore = node.member().isStore();
    if (setting == Setting.LOOP_DISKS && isStore) {
      LoopDisk loop = new LoopDisk(LOOP_BYTES);
      loop.make();
      loops.put(node.id(), loop);
      loop.mountAt(DATA, node);
    } else {
      boolean small = setting == Setting.SMALL_DISKS && isStore;
      Volume volume = small ? Volume.inMemory(SMALL_BYTES) : Volume.onDisk();
      volume.make();
      volumes.put(node.id(), volume);
      volume.mountAt(DATA, node);
    }
    if (setting == Setting.SHIMS) {
      FaultShims preloaded = FaultShims.create();
      shims.put(node.id(), preloaded);
      preloaded.addTo(node);
    }
  }

  void showTo(ToolsContainer tools) {
    volumes.forEach((node, volume) -> volume.mountAt(inTools(node), tools));
  }

  /** Where the container of the command line has the data directory of a node. */
  static String inTools(String node) {
    return "/disks/" + node;
  }

  void requireLoaded(NodeContainer node) {
    if (setting == Setting.SHIMS) {
      shims(node).requireLoaded(node);
    }
  }

  FaultShims shims(NodeContainer node) {
    return Objects.requireNonNull(shims.get(node.id()), "preloaded libraries");
  }

  LoopDisk loop(NodeContainer node) {
    return Objects.requireNonNull(loops.get(node.id()), "a loop disk");
  }

  Secrets secrets() {
    return Objects.requireNonNull(secrets, "certificates and keys");
  }

  /** What callers outside show. */
  ClientSecurity callers() {
    return secrets == null ? ClientSecurity.OFF : secrets.drill();
  }

  /** Reads what lies on the disks. */
  Encryption encryption() {
    return secrets == null ? Encryption.OFF : secrets.encryption();
  }

  /** All disks work and all clocks are right. */
  void mend() {
    for (FaultShims each : shims.values()) {
      each.mendDisk();
      each.shiftClock(ClockShift.NONE);
    }
  }

  @Override
  public void close() {
    volumes.values().forEach(Volume::close);
    loops.values().forEach(LoopDisk::close);
    shims.values().forEach(FaultShims::close);
    if (secrets != null) {
      secrets.close();
    }
  }
}
