package dev.holdfast.cli;

/** A command on an aggregator: after a refusal, one looks elsewhere than at the stores. */
public interface OnAggregator {
  /** The command that shows what there is. */
  String whatThereIs();
}
