package dev.holdfast.aggregator.view;

/** The view is being closed, as the aggregator stops: a read was ended, or not begun. */
public final class ViewClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ViewClosedException() {
    super("this aggregator is stopping");
  }
}
