package dev.holdfast.cli.drill.run;

/** Disturbs a cluster while a drill calls it. */
@FunctionalInterface
public interface Disturbance {
  /** No fault at all: the load alone, for so long as the plan says. */
  Disturbance NONE = timeline -> {};

  /**
   * Strikes, waits, and heals, as often as it likes. The drill goes on calling until this has
   * returned and the time of its plan is over. It must leave the cluster whole, or throw: then the
   * drill has failed.
   */
  void strike(Timeline timeline) throws Exception;
}
