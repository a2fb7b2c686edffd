package dev.holdfast.common.domain;

/** The behaviour of a reservation when there is less than it asks for. */
public enum ReserveMode {
  /** Nothing at all. */
  ALL_OR_NOTHING,
  /** What there is of each line. */
  UP_TO
}
