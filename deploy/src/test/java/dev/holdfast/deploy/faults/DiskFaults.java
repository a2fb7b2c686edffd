package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.NodeContainer;
import dev.holdfast.deploy.shims.DiskFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Disks that are slow, full or broken, or lose their power. */
final class DiskFaults {
  private static final Duration SLOW_SYNC = Duration.ofMillis(300);
  private static final Duration SLOW_CALL = Duration.ofMillis(50);

  private DiskFaults() {}

  static List<Fault> all() {
    return List.of(
        broken(
            "slow-sync",
            "each sync of a leader's disk takes 300 ms longer",
            20,
            Victims.LEADER,
            DiskFault.syncsSleep(SLOW_SYNC)),
        broken(
            "slow-disk",
            "each write and each sync of a leader's disk takes 50 ms longer",
            20,
            Victims.LEADER,
            DiskFault.syncsSleep(SLOW_CALL),
            DiskFault.writesSleep(SLOW_CALL)),
        broken(
            "failing-sync",
            "syncs of a leader's disk return EIO",
            30,
            Victims.LEADER,
            DiskFault.syncsFail()),
        broken(
            "full-log",
            "writes of a leader's Raft log return ENOSPC",
            30,
            Victims.LEADER,
            below("raft/log")),
        broken(
            "full-state",
            "writes of a leader's state return ENOSPC",
            30,
            Victims.LEADER,
            below("state")),
        broken(
            "full-disk-at-once",
            "all writes of a leader's disk return ENOSPC",
            30,
            Victims.LEADER,
            DiskFault.writesFail()),
        broken(
            "full-aggregator",
            "all writes of the aggregator's disk return ENOSPC",
            10,
            Victims.AGGREGATOR,
            DiskFault.writesFail()),
        new Fault(
                "full-disk", "a small disk of a leader is filled up", 30, DiskFaults::fillSmallDisk)
            .in(Setting.SMALL_DISKS),
        new Fault(
                "power-one",
                "power failure of a leader's machine: what it did not sync is gone",
                20,
                powerFailure(Victims.LEADER))
            .in(Setting.LOOP_DISKS),
        new Fault("power-all", "power failure of all machines", 60, powerFailure(Victims.ALL))
            .in(Setting.LOOP_DISKS));
  }

  private static Fault broken(
      String name, String text, int silenceSecondsMax, Victims victims, DiskFault... faults) {
    Blow blow =
        site ->
            Blow.on(
                    victims,
                    node -> site.equipment().shims(node).breakDisk(faults),
                    node -> site.equipment().shims(node).mendDisk())
                .strike(site);
    return new Fault(name, text, silenceSecondsMax, blow).in(Setting.SHIMS);
  }

  private static DiskFault[] below(String directory) {
    return IntStream.range(0, Site.PARTITIONS)
        .mapToObj(partition -> "%s/partition-%d/%s".formatted(Equipment.DATA, partition, directory))
        .map(path -> DiskFault.writesFail().below(path))
        .toArray(DiskFault[]::new);
  }

  private static Blow.Healing fillSmallDisk(Site site) {
    NodeContainer node = site.leader(site.partition());
    site.tell(List.of(node));
    String filler = Equipment.inTools(node.id()) + "/filler";
    site.shell("head -c 1G /dev/zero >" + filler + "; true");
    return () -> site.shell("rm -f " + filler);
  }

  private static Blow powerFailure(Victims victims) {
    return site -> {
      List<NodeContainer> struck = victims.of(site);
      site.tell(struck);
      struck.forEach(node -> site.equipment().loop(node).cutPower());
      struck.forEach(NodeActions::kill);
      struck.forEach(node -> site.equipment().loop(node).restorePower());
      return () -> struck.forEach(NodeActions::start);
    };
  }
}
