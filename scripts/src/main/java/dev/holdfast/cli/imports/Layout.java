package dev.holdfast.cli.imports;

import dev.holdfast.cli.UsageException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of columns to fields. Column names ignore case and surrounding spaces.
 *
 * @param fixed values of fields that are the same in every line, and for which the file needs no
 *     column
 * @param trim whether spaces around the text of a cell are removed
 * @param orderBy the column that gives the order of the lines; null for the order of the file
 */
record Layout(
    Map<Field, String> columns, Map<Field, String> fixed, boolean trim, @Nullable String orderBy) {

  /** The fields of a movement; lower case, as typed. */
  enum Field {
    store,
    sku,
    op,
    qty,
    reference;

    /** The option that names the column. */
    String option() {
      return this == qty ? "--quantity-column" : "--" + name() + "-column";
    }
  }

  Layout {
    columns = Map.copyOf(columns);
    fixed = Map.copyOf(fixed);
  }

  /** The layout whose columns are named like the fields. */
  static Layout plain() {
    Map<Field, String> columns = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      columns.put(field, field.name());
    }
    return new Layout(columns, Map.of(), false, null);
  }

  /** The movements of the preset online-retail. */
  static Layout onlineRetail() {
    return plain().with(Map.of(Field.reference, "invoice"));
  }

  /** The opening stock of the preset online-retail. */
  static Layout onlineRetailOpening() {
    Map<Field, String> columns =
        Map.of(Field.store, "store", Field.sku, "sku", Field.qty, "opening");
    return new Layout(columns, Map.of(Field.op, MovementKind.CREATE.name()), false, null);
  }

  Layout with(Map<Field, String> changed) {
    Map<Field, String> all = new EnumMap<>(Field.class);
    all.putAll(columns);
    all.putAll(changed);
    return new Layout(all, fixed, trim, orderBy);
  }

  Layout withFixed(Map<Field, String> values) {
    return new Layout(columns, values, trim, orderBy);
  }

  /** Identifies the layout: equal for layouts that read a file alike. */
  String description() {
    return new TreeMap<>(columns) + " " + new TreeMap<>(fixed) + " " + trim;
  }

  /** Whether a header has all required columns. */
  boolean fits(List<String> header) {
    return columns.entrySet().stream()
        .filter(column -> isNeeded(column.getKey()))
        .allMatch(column -> indexesOf(column.getValue(), header).length == 1);
  }

  /**
   * Finds the columns of the fields. Only the reference may be missing, unless its column was
   * named.
   */
  Positions positions(List<String> header) {
    Map<Field, Integer> found = new EnumMap<>(Field.class);
    columns.forEach(
        (field, name) -> {
          if (!fixed.containsKey(field)) {
            Integer at = only(field, name, header);
            if (at != null) {
              found.put(field, at);
            }
          }
        });
    Map<Field, String> labels = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      labels.put(field, label(field, found.get(field), header));
    }
    return new Positions(this, found, labels);
  }

  private @Nullable Integer only(Field field, String name, List<String> header) {
    int[] at = indexesOf(name, header);
    if (at.length > 1) {
      throw new UsageException(
          "the file has %d columns '%s': which is the %s? Rename one of them, or use %s NAME"
              .formatted(at.length, name, field, field.option()));
    }
    if (at.length == 1) {
      return at[0];
    }
    if (isNeeded(field) || !name.equals(field.name())) {
      throw new UsageException(
          "the file has no column '%s' for %s, only %s; use %s NAME%s, or --delimiter"
              .formatted(name, field, shown(header), field.option(), fixing(field)));
    }
    return null;
  }

  private boolean isNeeded(Field field) {
    return field != Field.reference && !fixed.containsKey(field);
  }

  private static String fixing(Field field) {
    return switch (field) {
      case store -> ", --store NAME for all lines";
      case op -> ", --op NAME for all lines";
      case sku, qty, reference -> "";
    };
  }

  /** Shortens a header, since some exports have hundreds of columns. */
  private static String shown(List<String> header) {
    int max = 60;
    return header.size() <= max
        ? header.toString()
        : header.subList(0, max) + " and " + (header.size() - max) + " more";
  }

  static int[] indexesOf(String name, List<String> header) {
    String wanted = folded(name);
    return IntStream.range(0, header.size())
        .filter(i -> folded(header.get(i)).equals(wanted))
        .toArray();
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** The name of a field in messages: that of its column. */
  private static String label(Field field, @Nullable Integer at, List<String> header) {
    String column = at == null ? field.name() : header.get(at).strip();
    return column.equalsIgnoreCase(field.name())
        ? field.name()
        : field + " (column '" + column + "')";
  }

  /** Column indexes by field, and the names of the fields in messages. */
  record Positions(Layout layout, Map<Field, Integer> byField, Map<Field, String> labels) {
    /** The text of a field; empty when the file has no such column. */
    String text(Field field, List<String> cells) throws MalformedLineException {
      String fixed = layout.fixed.get(field);
      if (fixed != null) {
        return fixed;
      }
      Integer at = byField.get(field);
      return at == null ? "" : Cells.text(cells.get(at), mayTrim(field), label(field));
    }

    /** Spaces around a number or an operation have no meaning; around an id they may. */
    private boolean mayTrim(Field field) {
      return layout.trim || field == Field.qty || field == Field.op;
    }

    String label(Field field) {
      return labels.getOrDefault(field, field.name());
    }
  }
}
