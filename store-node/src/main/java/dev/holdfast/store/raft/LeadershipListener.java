package dev.holdfast.store.raft;

/** Listens for changes of leadership, on the applying thread. Must not block. */
public interface LeadershipListener {
  /** This node leads from now on; its applied state holds everything of the terms before. */
  void lead(long term);

  /** This node no longer leads. */
  void follow();

  /** The replica stopped by a fault. */
  void fault(String what);

  /** More is applied now. */
  void applied();
}
