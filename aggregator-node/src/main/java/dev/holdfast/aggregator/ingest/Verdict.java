package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.view.Cursor;

/** The sequence gate's verdict on a batch. */
sealed interface Verdict {
  /** It follows on the cursor; afterwards the cursor is at its end, with what it changed folded. */
  record Next(Cursor end) implements Verdict {}

  /** The view includes it. */
  record Duplicate() implements Verdict {}

  /** It cannot be applied. */
  record Refused(Defect defect) implements Verdict {}
}
