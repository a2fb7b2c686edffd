package dev.holdfast.cli.imports;

import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.imports.Layout.Field;
import dev.holdfast.cli.imports.file.ReadingOptions;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The layout options of the file. */
final class LayoutOptions {
  private static final String ONLINE_RETAIL = "online-retail";

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "a known layout: online-retail (the invoice is the reference)")
  private @Nullable String preset;

  @Option(
      names = "--store",
      paramLabel = "NAME",
      description = "the store of all lines, whatever the file says")
  private @Nullable String store;

  @Option(
      names = "--op",
      paramLabel = "NAME",
      description = "the operation of all lines, whatever the file says")
  private @Nullable String op;

  @Option(
      names = "--store-column",
      paramLabel = "NAME",
      description = "the column of the store (default: store)")
  private @Nullable String storeColumn;

  @Option(
      names = "--sku-column",
      paramLabel = "NAME",
      description = "the column of the SKU (default: sku)")
  private @Nullable String skuColumn;

  @Option(
      names = "--op-column",
      paramLabel = "NAME",
      description = "the column of the operation (default: op)")
  private @Nullable String opColumn;

  @Option(
      names = "--quantity-column",
      paramLabel = "NAME",
      description = "the column of the quantity (default: qty)")
  private @Nullable String quantityColumn;

  @Option(
      names = "--reference-column",
      paramLabel = "NAME",
      description = "the column of the reference (default: reference, if there is one)")
  private @Nullable String referenceColumn;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description =
          "the column delimiter; 'tab' for tabs (default: as a line sep= says, else the one of"
              + " comma, semicolon and tab that gives the columns)")
  private @Nullable String delimiter;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "such as windows-1252 (default: by the byte order mark UTF-8 or UTF-16, else UTF-8)")
  private @Nullable String encoding;

  @Option(
      names = "--no-quotes",
      description = "a quote is a character like any other (default: quotes hold cells together)")
  private boolean noQuotes;

  @Option(
      names = "--trim",
      description = "trim spaces around ids and references (default: such lines are left out)")
  private boolean trim;

  @Option(
      names = "--order-by",
      paramLabel = "COLUMN",
      description =
          "process lines in the order of this column (numbers or ISO times), for files that are not in"
              + " the order of what happened; at most "
              + Ordering.LINES_MAX
              + " lines")
  private @Nullable String orderBy;

  boolean isOnlineRetail() {
    if (preset != null && !preset.equals(ONLINE_RETAIL)) {
      throw new UsageException("--preset: there is only " + ONLINE_RETAIL + ", was " + preset);
    }
    return preset != null;
  }

  Layout layout() {
    Map<Field, String> fixed = fixed();
    Map<Field, String> columns = columns();
    for (Field field : fixed.keySet()) {
      if (columns.containsKey(field)) {
        throw new UsageException("--%s and %s cannot go together".formatted(field, field.option()));
      }
    }
    Layout base = isOnlineRetail() ? Layout.onlineRetail() : Layout.plain();
    return new Layout(base.with(columns).columns(), fixed, trim, orderBy);
  }

  private Map<Field, String> fixed() {
    Map<Field, String> fixed = new EnumMap<>(Field.class);
    putIfGiven(fixed, Field.store, store);
    putIfGiven(fixed, Field.op, op);
    try {
      MovementKind.parse(fixed.getOrDefault(Field.op, MovementKind.CREATE.name()));
    } catch (MalformedLineException e) {
      throw new UsageException("--" + e.getMessage());
    }
    return fixed;
  }

  private Map<Field, String> columns() {
    Map<Field, String> columns = new EnumMap<>(Field.class);
    putIfGiven(columns, Field.store, storeColumn);
    putIfGiven(columns, Field.sku, skuColumn);
    putIfGiven(columns, Field.op, opColumn);
    putIfGiven(columns, Field.qty, quantityColumn);
    putIfGiven(columns, Field.reference, referenceColumn);
    return columns;
  }

  private static void putIfGiven(Map<Field, String> to, Field field, @Nullable String value) {
    if (value != null) {
      to.put(field, value);
    }
  }

  ReadingOptions reading() {
    Character divider = delimiter == null ? null : delimiterChar(delimiter);
    return new ReadingOptions(divider, charset(), !noQuotes);
  }

  private @Nullable Charset charset() {
    try {
      return encoding == null ? null : Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new UsageException(
          "--encoding: '" + encoding + "' is not known; such as UTF-8 or windows-1252");
    }
  }

  private static char delimiterChar(String text) {
    if (text.equals("tab") || text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1 || text.charAt(0) == '"') {
      throw new UsageException("--delimiter must be one character or 'tab', was '" + text + "'");
    }
    return text.charAt(0);
  }
}
