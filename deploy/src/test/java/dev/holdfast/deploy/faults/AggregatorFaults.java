package dev.holdfast.deploy.faults;

import java.util.List;

/** Aggregators that are struck. No caller of the stores may notice. */
final class AggregatorFaults {
  private AggregatorFaults() {}

  static List<Fault> all() {
    Blow kill = Blow.on(Victims.AGGREGATOR, NodeActions::kill, NodeActions::start);
    Blow pause = Blow.on(Victims.AGGREGATOR, NodeActions::pause, NodeActions::unpause);
    Blow cut = Blow.on(Victims.AGGREGATOR, NodeActions::cutOff, NodeActions::attach);
    return List.of(
        new Fault("kill-aggregator", "kill -9 of the aggregator", 10, kill),
        new Fault("pause-aggregator", "freezes the aggregator", 10, pause),
        new Fault("cut-aggregator", "the aggregator is cut off from the stores", 10, cut),
        new Fault("kill-one-aggregator", "kill -9 of one of two aggregators", 10, kill)
            .in(Setting.TWO_AGGREGATORS),
        new Fault("cut-one-aggregator", "one of two aggregators is cut off", 10, cut)
            .in(Setting.TWO_AGGREGATORS));
  }
}
