package dev.holdfast.cli.output;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** One JSON object per line. */
final class JsonWriter<T> implements RowWriter<T> {
  private final List<Column<T>> columns;
  private final PrintWriter out;
  private final JsonGenerator json;

  JsonWriter(List<Column<T>> columns, PrintWriter out) {
    this.columns = List.copyOf(columns);
    this.out = out;
    json =
        JsonFactory.builder()
            .rootValueSeparator("")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build()
            .createGenerator(ObjectWriteContext.empty(), out);
  }

  @Override
  public void write(T row) {
    json.writeStartObject();
    for (Column<T> column : columns) {
      writeValue(column.name(), column.value().apply(row));
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void writeValue(String name, @Nullable Object value) {
    if (value instanceof Double number) {
      json.writeNumberProperty(name, number);
    } else if (value instanceof Number number) {
      json.writeNumberProperty(name, number.longValue());
    } else if (value instanceof Boolean flag) {
      json.writeBooleanProperty(name, flag);
    } else if (value != null) {
      json.writeStringProperty(name, String.valueOf(value));
    } else {
      json.writeNullProperty(name);
    }
  }

  @Override
  public void close() {
    json.close();
    out.flush();
  }
}
