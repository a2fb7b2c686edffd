package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Set;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;

/**
 * The column families: the one table of the disk. A row has the family's number, the format since
 * which it exists, its keys and its values. Names and numbers never change; a family that is given
 * up leaves its number in {@link #RETIRED}.
 */
enum Family {
  DEFAULT(0, 1, "none", "none"),
  /** {@link ViewKeys#item}, {@link ViewRecordCodec}. */
  VIEW(1, 1, "SKU, 0, store", "Level"),
  /** {@link ViewKeys#sku}, {@link ViewRecordCodec}. */
  TOTALS(2, 1, "SKU", "TotalRecord"),
  /** {@link ViewKeys#partition}, {@link ViewRecordCodec}. */
  CURSORS(3, 1, "partition (4)", "CursorRecord"),
  /** {@link ViewKeys#META}, {@link DataDirectoryOwner}. */
  META(4, 1, "`view`", "ViewMetaRecord"),
  /** {@link ViewKeys#violation}, {@link ViolationCodec}. */
  VIOLATIONS(5, 2, "id (8)", "ViolationRecord"),
  /** {@link ViewKeys#sku}, {@link ViewRecordCodec}. */
  DEMAND(6, 2, "SKU", "DemandRecord"),
  /** {@link LetterKeys#letter}, {@link LetterRecordCodec}. */
  LETTERS(7, 2, "partition (4), sequence (8), store, 0, SKU", "LetterRecord"),
  /** The open letters of each item, in order: {@link LetterKeys#inOrder}. */
  LINES(8, 2, "SKU, 0, store, 0, partition (4), sequence (8)", "empty"),
  /** {@link ViewKeys#sku}, {@link LetterRecordCodec}. */
  PARKED(9, 2, "SKU", "ParkedRecord"),
  /** {@link ViewKeys#partition}, {@link LetterRecordCodec}. */
  CHANGES(10, 2, "partition (4)", "ChangesRecord"),
  /** {@link MovementKeys#movement}, {@link MovementCodec}. */
  MOVEMENTS(11, 4, "store, 0, SKU, 0, sequence (8)", "MovementRecord"),
  /** {@link ViewKeys#partition}, {@link MovementCodec}. */
  HISTORY(12, 4, "partition (4)", "HistoryRecord"),
  /** {@link MovementKeys#movement}, {@link MovementCodec}. */
  REFUSALS(13, 5, "store, 0, SKU, 0, sequence (8)", "RefusalRecord"),
  /** {@link MarkKeys}. */
  MARKS(
      14, 5, "search key (1), text, 0, millis (8), sequence (8), kind (1), store, 0, SKU", "empty"),
  /** The events of dead letters: {@link LetterKeys#event}, as they came. */
  EVENTS(15, 5, "partition (4), sequence (8)", "encoded event"),
  /** {@link FrozenTable}. */
  FROZEN(16, 5, "partition (4), store", "empty");

  /** Numbers of families that are gone; never used again. */
  static final Set<Integer> RETIRED = Set.of();

  /** The form of values when a row is all key. */
  private static final String EMPTY = "empty";

  private final int number;
  private final int since;
  private final String key;
  private final String value;

  Family(int number, int since, String key, String value) {
    this.number = number;
    this.since = since;
    this.key = key;
    this.value = value;
  }

  int number() {
    return number;
  }

  String columnFamily() {
    return name().toLowerCase(Locale.ROOT);
  }

  int since() {
    return since;
  }

  String key() {
    return key;
  }

  /** The form of its values: a message of the package holdfast.log.v1. */
  String value() {
    return value;
  }

  /** Whether its values are readable in a sealed view: whose it is, and what is empty. */
  boolean isReadable() {
    return this == META || value.equals(EMPTY);
  }

  ColumnFamilyDescriptor descriptor(ColumnFamilyOptions options) {
    return new ColumnFamilyDescriptor(columnFamily().getBytes(UTF_8), options);
  }
}
