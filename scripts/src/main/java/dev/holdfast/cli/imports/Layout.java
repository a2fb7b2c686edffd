package dev.holdfast.cli.imports;

import dev.holdfast.cli.UsageException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a file is laid out: what divides its columns, and which column holds which field.
 *
 * @param kind of all lines, when no column says it; null when one does
 */
record Layout(char delimiter, Map<Field, String> columns, @Nullable MovementKind kind) {

  /** What a movement is made of; lower case, as typed. */
  enum Field {
    store,
    sku,
    op,
    qty,
    reference
  }

  Layout {
    columns = Map.copyOf(columns);
  }

  /** Columns named like the fields. */
  static Layout plain(char delimiter) {
    Map<Field, String> columns = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      columns.put(field, field.name());
    }
    return new Layout(delimiter, columns, null);
  }

  /** The movements of the preset online-retail. */
  static Layout onlineRetail() {
    return plain('\t').with(Map.of(Field.reference, "invoice"));
  }

  /** The opening stock of the preset online-retail. */
  static Layout onlineRetailOpening() {
    Map<Field, String> columns =
        Map.of(Field.store, "store", Field.sku, "sku", Field.qty, "opening");
    return new Layout(',', columns, MovementKind.CREATE);
  }

  Layout with(Map<Field, String> changed) {
    Map<Field, String> all = new EnumMap<>(Field.class);
    all.putAll(columns);
    all.putAll(changed);
    return new Layout(delimiter, all, kind);
  }

  Layout with(char otherDelimiter) {
    return new Layout(otherDelimiter, columns, kind);
  }

  /** Where the fields stand, by the header line of the file. Only the reference may be missing. */
  Positions positions(List<String> header) {
    Map<Field, Integer> found = new EnumMap<>(Field.class);
    for (Map.Entry<Field, String> column : columns.entrySet()) {
      int at = header.indexOf(column.getValue());
      if (at >= 0) {
        found.put(column.getKey(), at);
      } else if (column.getKey() != Field.reference) {
        throw new UsageException(
            "the file has no column '%s' for %s, only %s; use --column %s=NAME or --delimiter"
                .formatted(column.getValue(), column.getKey(), header, column.getKey()));
      }
    }
    return new Positions(found);
  }

  /** Column indexes by field. */
  record Positions(Map<Field, Integer> byField) {
    /** The text of a field; empty when the file has no such column. */
    String text(Field field, List<String> fields) throws MalformedLineException {
      Integer at = byField.get(field);
      if (at == null) {
        return "";
      }
      if (at >= fields.size()) {
        throw new MalformedLineException(
            field + ": there are only " + fields.size() + " columns in this line");
      }
      return fields.get(at);
    }
  }
}
