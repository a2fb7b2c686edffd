package dev.holdfast.aggregator.view;

/** Read access to the view, for answers. For any thread. */
public interface ViewReader {
  /** A cut of all stores. */
  default ViewCut cut() {
    return cut(VisibleStores.ALL);
  }

  /** A cut for a reader of some stores: what tells of several stores tells of those only. */
  ViewCut cut(VisibleStores visible);
}
