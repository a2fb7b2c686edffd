package dev.holdfast.store.membership;

import java.io.IOException;
import java.util.Map;

/** The identity of a node, kept in its data directory for good. */
public interface NodeIdentity {
  Introduction.Layout layout();

  /** The id of the disk: made at random with the data directory. */
  String disk();

  /** Whether it may found a cluster. */
  boolean bootstraps();

  /** The disks that its cluster was founded on, by node; empty while it belongs to none. */
  Map<String, String> founders();

  /** Records the cluster's founders. Durable when it returns. */
  void keepFounders(Map<String, String> founders) throws IOException;
}
