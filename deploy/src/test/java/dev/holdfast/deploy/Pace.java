package dev.holdfast.deploy;

/**
 * Keeps an import from being over before a fault is: freezes the container it runs in once it has
 * come so far. Used by one thread.
 */
final class Pace implements AutoCloseable {
  private final HoldfastCluster cluster;
  private final long eventsMax;
  private boolean frozen;

  Pace(HoldfastCluster cluster, long eventsMax) {
    this.cluster = cluster;
    this.eventsMax = eventsMax;
  }

  /** To be called again and again. */
  void watch() {
    if (!frozen && cluster.status().events() >= eventsMax) {
      cluster.tools().pause();
      frozen = true;
    }
  }

  @Override
  public void close() {
    if (frozen) {
      cluster.tools().unpause();
    }
  }
}
