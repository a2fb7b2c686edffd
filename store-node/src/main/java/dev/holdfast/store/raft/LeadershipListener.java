package dev.holdfast.store.raft;

/** Hears of leadership on the thread that applies. Must not block. */
public interface LeadershipListener {
  /** This node leads from now on; its applied state holds everything of the terms before. */
  void lead(long term);

  /** This node does not lead any more. */
  void follow();

  /** The replica stopped by a fault. */
  void fault(String what);

  /** More is applied now. */
  void applied();
}
