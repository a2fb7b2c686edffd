package dev.holdfast.common.limits;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of callers' requests, checked field by field; one instance per request, used by one
 * thread. A request that keeps the rules costs one pass over its characters and no allocation;
 * texts are built for violations only, and only for the first {@value #VIOLATIONS_MAX}, since they
 * travel back in a header.
 */
public final class FieldRules {
  /** Bytes of a store id, and of a SKU. */
  public static final int ID_BYTES_MAX = 128;

  public static final int RESERVATION_ID_MAX = 64;
  public static final int IDEMPOTENCY_KEY_MAX = 128;
  public static final int REFERENCE_BYTES_MAX = 128;
  public static final int HOLDER_BYTES_MAX = 128;
  public static final int REQUEST_ID_MAX = 128;

  /** Commands of a batch, and items of a batch read. */
  public static final int BATCH_MAX = 10_000;

  /** Lines of a reservation. */
  public static final int LINES_MAX = 1_000;

  /** Operations of an order. */
  public static final int OPERATIONS_MAX = 1_000;

  public static final long LEASE_TTL_MILLIS_MAX = 3_600_000;
  public static final int PAGE_SIZE_DEFAULT = 1_000;
  public static final int PAGE_SIZE_MAX = 10_000;
  public static final long STALENESS_MILLIS_MAX = 3_600_000;

  /** The number of violations that are reported; others are only counted. */
  public static final int VIOLATIONS_MAX = 16;

  private final FieldPath path = new FieldPath();
  private @Nullable List<FieldViolation> violations;
  private int unreported;

  /** Whether a text can be a request id. */
  public static boolean isRequestId(String text) {
    return !text.isEmpty() && text.length() <= REQUEST_ID_MAX && TextScan.isPrintableAscii(text);
  }

  /** Enters an element of a list: the fields checked next are fields of the element. */
  public void enter(String list, int index) {
    path.enter(list, index);
  }

  /** Leaves the element. */
  public void leave() {
    path.leave();
  }

  public boolean isValid() {
    return violations == null;
  }

  /** The violations in the order of the checks; empty for a valid request. */
  public List<FieldViolation> violations() {
    if (violations == null) {
      return List.of();
    }
    List<FieldViolation> found = new ArrayList<>(violations);
    if (unreported > 0) {
      found.add(new FieldViolation("(more)", unreported + " more violations are not listed"));
    }
    return List.copyOf(found);
  }

  /** Records a violation of a rule that only the caller can check. */
  public void violate(String field, String description) {
    if (violations == null) {
      violations = new ArrayList<>();
    }
    if (violations.size() < VIOLATIONS_MAX) {
      violations.add(new FieldViolation(path.of(field), description));
    } else {
      unreported++;
    }
  }

  /** A store id or a SKU. */
  public void id(String field, String value) {
    refuse(field, TextRules.utf8(value, 1, ID_BYTES_MAX));
    refuse(field, TextRules.padded(value));
  }

  /** A store id or a SKU that may be left out. */
  public void optionalId(String field, String value) {
    refuse(field, TextRules.utf8(value, 0, ID_BYTES_MAX));
    refuse(field, TextRules.padded(value));
  }

  /** The start of a store id or a SKU. */
  public void idPrefix(String field, String value) {
    refuse(field, TextRules.utf8(value, 0, ID_BYTES_MAX));
  }

  /** An order or document number; may be left out. */
  public void reference(String field, String value) {
    refuse(field, TextRules.utf8(value, 0, REFERENCE_BYTES_MAX));
  }

  /** An idempotency key; may be left out. */
  public void idempotencyKey(String field, String value) {
    refuse(field, TextRules.ascii(value, 0, IDEMPOTENCY_KEY_MAX));
  }

  public void reservationId(String field, String value) {
    refuse(field, TextRules.ascii(value, 1, RESERVATION_ID_MAX));
  }

  /** A reservation id that may be left out. */
  public void optionalReservationId(String field, String value) {
    refuse(field, TextRules.ascii(value, 0, RESERVATION_ID_MAX));
  }

  public void openingQuantity(String field, long value) {
    range(field, value, 0, StockLevel.QUANTITY_MAX);
  }

  /** Units of a reservation's line: at least one. */
  public void lineQuantity(String field, long value) {
    range(field, value, 1, StockLevel.QUANTITY_MAX);
  }

  /** A signed change of the quantity on hand; the reason, when there is one, fixes its sign. */
  public void delta(String field, long delta, @Nullable AdjustmentReason reason) {
    if (delta == 0) {
      violate(field, "must not be 0");
    } else if (delta > StockLevel.QUANTITY_MAX || delta < -StockLevel.QUANTITY_MAX) {
      range(field, delta, -StockLevel.QUANTITY_MAX, StockLevel.QUANTITY_MAX);
    } else if (reason != null && !reason.fits(delta)) {
      String sign = reason.sign() > 0 ? "positive" : "negative";
      violate(field, "must be " + sign + " for " + reason + ", was " + delta);
    }
  }

  /** The reason of a change; null stands for one that is missing or not known. */
  public void reason(String field, @Nullable AdjustmentReason reason) {
    if (reason == null) {
      violate(field, "must be one of " + List.of(AdjustmentReason.values()));
    }
  }

  /** An expected version; versions above 2^63 - 1 do not occur. */
  public void expectedVersion(String field, long value) {
    range(field, value, 1, Long.MAX_VALUE);
  }

  /** The duration of a lease. */
  public void leaseTtl(String field, long millis) {
    range(field, millis, 1, LEASE_TTL_MILLIS_MAX);
  }

  /** Fencing tokens: at most one per order operation; each a valid sequence. */
  public void fencingTokens(String field, List<Long> tokens) {
    range(field, tokens.size(), 0, LINES_MAX);
    for (int i = 0; i < Math.min(tokens.size(), LINES_MAX); i++) {
      if (tokens.get(i) < 1) {
        violate(field + "[" + i + "]", "must be 1 to " + Long.MAX_VALUE);
      }
    }
  }

  /** The number of commands or items in a batch. */
  public void batchSize(String field, int size) {
    range(field, size, 1, BATCH_MAX);
  }

  /** The number of items in a call that takes fewer than a batch. */
  public void count(String field, int size, int max) {
    range(field, size, 1, max);
  }

  /** Units of many stores together, with no upper bound but that of the type. */
  public void totalUnits(String field, long value) {
    range(field, value, 0, Long.MAX_VALUE);
  }

  /** The number of lines of a reservation, or of a part of one. */
  public void lineCount(String field, int size, int min) {
    range(field, size, min, LINES_MAX);
  }

  /** The lines of a reservation: their number, and that none repeats a SKU. */
  public void lines(String field, int size, IntFunction<String> sku) {
    lineCount(field, size, 1);
    if (size > LINES_MAX) {
      return;
    }
    int repeated = RepeatedSku.find(size, sku);
    if (repeated != RepeatedSku.NONE) {
      String given = Given.text(sku.apply(repeated));
      violate(field + "[" + repeated + "].sku", "must not repeat an earlier line; was " + given);
    }
  }

  /** A duration in milliseconds; 0 stands for the default. */
  public void ttl(String field, long millis, long max) {
    range(field, millis, 0, max);
  }

  /** The holder of a reservation; may be left out. */
  public void holder(String field, String value) {
    refuse(field, TextRules.utf8(value, 0, HOLDER_BYTES_MAX));
  }

  /** Checks a page size and returns the one to use. */
  public int pageSize(String field, int value) {
    range(field, value, 0, PAGE_SIZE_MAX);
    return value == 0 ? PAGE_SIZE_DEFAULT : value;
  }

  public void maxStaleness(String field, long millis) {
    range(field, millis, 0, STALENESS_MILLIS_MAX);
  }

  public void partition(String field, int value, int partitions) {
    range(field, value, 0, partitions - 1L);
  }

  public void sequence(String field, long value) {
    expectedVersion(field, value);
  }

  private void refuse(String field, @Nullable String wrong) {
    if (wrong != null) {
      violate(field, wrong);
    }
  }

  private void range(String field, long value, long min, long max) {
    if (value < min || value > max) {
      violate(field, "must be " + min + " to " + max + ", was " + value);
    }
  }
}
