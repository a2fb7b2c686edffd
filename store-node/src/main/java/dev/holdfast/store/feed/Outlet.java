package dev.holdfast.store.feed;

/** One reader of the log, as the pump serves it. Used by the pump's thread only. */
interface Outlet {
  /** Whether nothing can be sent any more. */
  boolean isOver();

  /** Sends what there is and what the transport takes; true when there is more to send at once. */
  boolean pump();

  /** Says that all is well, when that is due. */
  void heartbeat();

  /** Serving it threw: its reader is told to go to another node. */
  void failed();

  /** The node stops. */
  void close();
}
