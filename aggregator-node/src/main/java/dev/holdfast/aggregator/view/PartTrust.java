package dev.holdfast.aggregator.view;

/**
 * The trust in a partition's part of the view.
 *
 * @param provenSequence where it was last found equal to a digest of the log, 0 when never
 * @param untrusted why it is not to be trusted, empty when it is
 * @param rebuilding whether it is being replaced: its records are then of no one sequence
 */
public record PartTrust(long provenSequence, String untrusted, boolean rebuilding) {
  /** Of an empty part, before the first event. */
  public static final PartTrust START = new PartTrust(0, "", false);

  public boolean isTrusted() {
    return untrusted.isEmpty();
  }

  /** The part was equal to a digest of the log. One that is not trusted needs more to be again. */
  public PartTrust proven(long sequence) {
    return isTrusted() ? new PartTrust(sequence, untrusted, rebuilding) : this;
  }

  /** The part differs from the stores, or may. */
  public PartTrust distrusted(String why) {
    return new PartTrust(provenSequence, why, rebuilding);
  }

  /** The part is being replaced from now on. */
  public PartTrust rebuilding(String why) {
    return new PartTrust(provenSequence, why, true);
  }

  /** The part was replaced, and all of its records were found equal to the stores'. */
  public static PartTrust rebuilt(long sequence) {
    return new PartTrust(sequence, "", false);
  }
}
