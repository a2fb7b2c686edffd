package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.NodeContainer;
import java.time.Duration;
import java.util.List;

/** Data of a stopped node that is damaged, lost or old when it starts again. */
final class DataFaults {
  private static final Duration AGING = Duration.ofSeconds(4);

  private DataFaults() {}

  static List<Fault> all() {
    return List.of(
        flipped("bit-flip-log", "a bit of a Raft log flips", "raft/log/*.log"),
        flipped("bit-flip-state", "a bit of a state's tables flips", "state/*/*.sst"),
        flipped("bit-flip-snapshot", "a bit of a snapshot flips", "raft/snapshot/*/*"),
        new Fault(
            "lost-disk",
            "a node comes back with an empty data directory",
            20,
            site -> {
              NodeContainer node = struckDown(site);
              site.shell("find %s -mindepth 1 -delete".formatted(Equipment.inTools(node.id())));
              return () -> NodeActions.start(node);
            }),
        new Fault(
            "old-copy",
            "a node comes back with a copy of its data directory that is some seconds old",
            20,
            DataFaults::restoreOldCopy));
  }

  private static NodeContainer struckDown(Site site) {
    NodeContainer node = Victims.ONE.of(site).get(0);
    site.tell(List.of(node));
    NodeActions.kill(node);
    return node;
  }

  /** What cannot be read must be noticed; the remedy of the handbook then is to delete it. */
  private static Fault flipped(String name, String text, String files) {
    Blow blow =
        site -> {
          NodeContainer node = struckDown(site);
          String partition =
              "%s/partition-%d".formatted(Equipment.inTools(node.id()), site.partition());
          site.shell(flip(partition + "/" + files, site.random().nextInt(1 << 20)));
          NodeActions.start(node);
          return () -> {
            site.awaitStart(node);
            NodeActions.kill(node);
            site.shell("rm -rf " + partition);
            NodeActions.start(node);
          };
        };
    return new Fault(
        name, text + "; the node starts with it, then that partition is deleted", 20, blow);
  }

  /** Flips a bit in the middle of the largest file. */
  private static String flip(String files, int random) {
    return """
        file=$(ls -S %s 2>/dev/null | head -n 1); [ -n "$file" ] || { echo "there is none to flip a bit in"; exit; }
        size=$(stat -c %%s "$file"); at=$((size / 4 + %d %% (size / 2 + 1)))
        byte=$(od -An -tu1 -j $at -N 1 "$file"); bit=$((1 << %d %% 8))
        printf "\\\\x$(printf %%02x $((byte ^ bit)))" | dd of="$file" bs=1 seek=$at conv=notrunc status=none
        echo "flipped a bit of byte $at of $file, which has $size"
        """
        .formatted(files, random, random);
  }

  private static Blow.Healing restoreOldCopy(Site site) {
    NodeContainer node = struckDown(site);
    String data = Equipment.inTools(node.id());
    site.shell("rm -rf /tmp/old; cp -a %s /tmp/old".formatted(data));
    NodeActions.start(node);
    site.wait(AGING);
    NodeActions.kill(node);
    site.shell("find %s -mindepth 1 -delete; cp -a /tmp/old/. %s".formatted(data, data));
    return () -> NodeActions.start(node);
  }
}
