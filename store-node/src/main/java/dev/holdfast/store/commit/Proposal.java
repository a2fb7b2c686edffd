package dev.holdfast.store.commit;

import java.util.ArrayList;
import java.util.List;

/** A batch on its way through the log, and the replies that wait for it. */
final class Proposal {
  private final List<PendingReply> replies;
  private boolean finished;

  Proposal(List<PendingReply> replies) {
    this.replies = new ArrayList<>(replies);
  }

  /** Lets replies wait that rest on this batch. False when it is finished already. */
  synchronized boolean join(List<PendingReply> more) {
    if (finished) {
      return false;
    }
    replies.addAll(more);
    return true;
  }

  /** All replies that wait; none can join any more. */
  synchronized List<PendingReply> finish() {
    finished = true;
    return replies;
  }
}
