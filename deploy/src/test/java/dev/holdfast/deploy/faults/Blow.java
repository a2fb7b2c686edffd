package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.NodeContainer;
import java.util.List;
import java.util.function.Consumer;

/** Strikes a cluster once. */
@FunctionalInterface
interface Blow {
  /** Ends what a blow began. What ended by itself meanwhile, the site starts again. */
  @FunctionalInterface
  interface Healing {
    void heal();
  }

  Healing strike(Site site);

  /** Does something to each of some nodes, and something else to heal them. */
  static Blow on(Victims victims, Consumer<NodeContainer> strike, Consumer<NodeContainer> heal) {
    return site -> {
      List<NodeContainer> struck = victims.of(site);
      site.tell(struck);
      struck.forEach(strike);
      return () -> struck.forEach(heal);
    };
  }

  /** Does something that is over at once. */
  static Blow once(Victims victims, Consumer<NodeContainer> strike) {
    return on(victims, strike, node -> {});
  }
}
