package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.NodeContainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The nodes that a fault strikes, drawn anew for each blow. */
enum Victims {
  /** That of a random partition. */
  LEADER {
    @Override
    List<NodeContainer> of(Site site) {
      return List.of(site.leader(site.partition()));
    }
  },
  /** A node that follows in a random partition; it may lead others. */
  FOLLOWER {
    @Override
    List<NodeContainer> of(Site site) {
      return List.of(site.otherThan(site.leader(site.partition())));
    }
  },
  ONE {
    @Override
    List<NodeContainer> of(Site site) {
      return List.of(site.oneOf(site.cluster().stores()));
    }
  },
  TWO {
    @Override
    List<NodeContainer> of(Site site) {
      List<NodeContainer> nodes = new ArrayList<>(site.cluster().stores());
      Collections.shuffle(nodes, site.random());
      return nodes.subList(0, 2);
    }
  },
  ALL {
    @Override
    List<NodeContainer> of(Site site) {
      return site.cluster().stores();
    }
  },
  /** The same node in all blows of a drill. */
  CHOSEN {
    @Override
    List<NodeContainer> of(Site site) {
      return List.of(site.chosen());
    }
  },
  AGGREGATOR {
    @Override
    List<NodeContainer> of(Site site) {
      return List.of(site.oneOf(site.cluster().aggregators()));
    }
  };

  abstract List<NodeContainer> of(Site site);
}
