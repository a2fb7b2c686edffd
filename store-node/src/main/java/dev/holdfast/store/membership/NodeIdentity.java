package dev.holdfast.store.membership;

import java.io.IOException;
import java.util.Map;

/** What a node knows of itself for good. */
public interface NodeIdentity {
  Introduction.Layout layout();

  /** Of its data directory. */
  String disk();

  /** Whether it may found a cluster. */
  boolean bootstraps();

  /** The disks that its cluster was founded on, by node; empty while it belongs to none. */
  Map<String, String> founders();

  /** Belongs to a cluster from now on. Durable when it returns. */
  void keepFounders(Map<String, String> founders) throws IOException;
}
