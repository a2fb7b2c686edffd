package dev.holdfast.cli.imports;

import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.imports.Layout.Field;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the file is laid out. */
final class LayoutOptions {
  private static final String ONLINE_RETAIL = "online-retail";

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "a known layout: online-retail (tab-separated; the invoice is the reference)")
  private @Nullable String preset;

  @Option(
      names = "--column",
      paramLabel = "FIELD=NAME",
      hideParamSyntax = true,
      description =
          "the column of a field; fields are ${COMPLETION-CANDIDATES}"
              + " (default: columns named like the fields)")
  private Map<Field, String> columns = Map.of();

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description = "what divides the columns; 'tab' for tabs (default: tab for .tsv, else comma)")
  private @Nullable String delimiter;

  boolean isOnlineRetail() {
    if (preset != null && !preset.equals(ONLINE_RETAIL)) {
      throw new UsageException("--preset: there is only " + ONLINE_RETAIL + ", was " + preset);
    }
    return preset != null;
  }

  Layout layoutOf(Path file) {
    Layout base = isOnlineRetail() ? Layout.onlineRetail() : Layout.plain(usualDelimiter(file));
    Layout mapped = base.with(columns);
    return delimiter == null ? mapped : mapped.with(delimiterChar(delimiter));
  }

  private static char usualDelimiter(Path file) {
    return file.toString().matches("(?i).*\\.tsv(\\.gz)?") ? '\t' : ',';
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
