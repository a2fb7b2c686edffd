package dev.holdfast.cli.imports;

/** Is told what became of each line, once; always on the thread of the lanes. */
interface Outcomes {
  void accepted(Movement movement);

  void refused(Movement movement, String reason, String message);

  void malformed(long line, String message);

  /** It may or may not have happened, or was not tried any more. */
  void undecided(Movement movement, String reason, String message);
}
