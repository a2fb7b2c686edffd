package dev.holdfast.aggregator.view;

/** Where answers read the view. For any thread. */
public interface ViewReader {
  ViewCut cut();
}
