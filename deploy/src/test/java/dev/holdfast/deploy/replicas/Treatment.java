package dev.holdfast.deploy.replicas;

import java.util.function.UnaryOperator;

/**
 * How the rows of a family are compared.
 *
 * @param part of the rows that is compared
 * @param comparable makes of a value what must be equal
 * @param reason why it is not simply everything
 */
record Treatment(Part part, UnaryOperator<byte[]> comparable, String reason) {
  /** All rows, byte by byte. */
  static final Treatment EXACT = new Treatment(Part.ALL, UnaryOperator.identity(), "");

  enum Part {
    ALL,
    /** From where the one begins that begins last. */
    FROM_THE_LATEST_BEGINNING,
    NONE
  }

  static Treatment fromTheLatestBeginning(String reason) {
    return new Treatment(Part.FROM_THE_LATEST_BEGINNING, UnaryOperator.identity(), reason);
  }

  static Treatment none(String reason) {
    return new Treatment(Part.NONE, UnaryOperator.identity(), reason);
  }

  /** All rows, without what a function takes off their values. */
  static Treatment without(UnaryOperator<byte[]> comparable, String reason) {
    return new Treatment(Part.ALL, comparable, reason);
  }
}
