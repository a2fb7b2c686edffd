package dev.holdfast.aggregator.view;

/** Read access to the view, for answers. For any thread. */
public interface ViewReader {
  ViewCut cut();
}
