package dev.holdfast.aggregator.invariant;

/**
 * All that is proven of a partition at one sequence. Only what is against the view makes its part
 * untrusted, and only that can be repaired.
 *
 * @param view against the store node
 * @param reservations of the store node
 */
public record VerifiedPart(PartProof view, ReservationsProof reservations) {
  public VerifiedPart with(PartProof other) {
    return new VerifiedPart(other, reservations);
  }
}
