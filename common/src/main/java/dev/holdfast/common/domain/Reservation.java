package dev.holdfast.common.domain;

import java.util.List;

/** A pending reservation: what it holds, since when, for whom. */
public record Reservation(
    List<HeldLine> lines, long createdMillis, String principal, String reference) {
  public Reservation {
    lines = List.copyOf(lines);
  }
}
