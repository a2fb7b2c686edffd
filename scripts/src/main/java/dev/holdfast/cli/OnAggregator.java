package dev.holdfast.cli;

/** A command on an aggregator: its errors point to the aggregator, not to the stores. */
public interface OnAggregator {
  /** The command that shows what there is. */
  String whatThereIs();
}
