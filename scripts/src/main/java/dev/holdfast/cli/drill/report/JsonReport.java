package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.HistoryFile;
import dev.holdfast.cli.drill.run.DrillPlan;
import dev.holdfast.cli.output.Column;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The report for programs. Names stay as they are, and times are seconds since the begin of the
 * drill; calls of findings are as in a history file.
 */
final class JsonReport {
  private static final int CALLS_MAX = 1_000;
  private static final long GAP_MILLIS_MIN = 100;

  private final Report report;
  private final StringWriter text = new StringWriter();
  private final JsonGenerator json =
      JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text);

  private JsonReport(Report report) {
    this.report = report;
  }

  static String of(Report report) {
    JsonReport written = new JsonReport(report);
    written.write();
    written.json.close();
    return written.text + "\n";
  }

  private void write() {
    json.writeStartObject();
    json.writeBooleanProperty("held", report.result().isClean());
    json.writeStringProperty("verdict", report.verdict());
    writePlan(report.result().plan());
    json.writeStringProperty("history", Reports.HISTORY);
    json.writeName("failing");
    writeFailing();
    json.writeArrayPropertyStart("phases");
    report.rows().forEach(this::writePhase);
    json.writeEndArray();
    json.writeArrayPropertyStart("gaps");
    report.measures().gaps().atLeast(GAP_MILLIS_MIN).forEach(this::writeGap);
    json.writeEndArray();
    json.writeArrayPropertyStart("course");
    writeCourse();
    json.writeEndArray();
    json.writeArrayPropertyStart("findings");
    report.result().findings().forEach(this::writeFinding);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writePlan(DrillPlan plan) {
    json.writeObjectPropertyStart("plan");
    json.writeArrayPropertyStart("endpoints");
    plan.endpoints().forEach(json::writeString);
    json.writeEndArray();
    json.writeNumberProperty("seed", plan.seed());
    json.writeNumberProperty("clients", plan.clients());
    json.writeNumberProperty("batching", plan.batching());
    json.writeNumberProperty("seconds", plan.time().toMillis() / 1_000.0);
    json.writeEndObject();
  }

  private void writeFailing() {
    if (report.failing().isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("file", Reports.FAILING);
    json.writeNumberProperty("calls", report.failing().get().history().size());
    json.writeStringProperty("breach", report.failing().get().finding().breach().name());
    json.writeEndObject();
  }

  private void writePhase(PhaseRow row) {
    json.writeStartObject();
    for (Column<PhaseRow> column : Column.join(PhaseRow.COLUMNS, PhaseRow.MORE_COLUMNS)) {
      write(column.name(), column.value().apply(row));
    }
    json.writeEndObject();
  }

  private void writeGap(WriteGaps.Gap gap) {
    json.writeStartObject();
    json.writeNumberProperty("partition", gap.partition());
    json.writeNumberProperty("begin_s", gap.fromMillis() / 1_000.0);
    json.writeNumberProperty("seconds", gap.millis() / 1_000.0);
    json.writeEndObject();
  }

  private void writeCourse() {
    int seconds = report.measures().seconds().stepSeconds();
    List<Tally> steps = report.measures().seconds().steps();
    for (int i = 0; i < steps.size() && i * (double) seconds < report.seconds(); i++) {
      Counts counts = steps.get(i).counts();
      json.writeStartObject();
      json.writeNumberProperty("begin_s", i * seconds);
      json.writeNumberProperty("answered", counts.answered());
      json.writeNumberProperty("refused", counts.refused());
      json.writeNumberProperty("not_tried", counts.notTried());
      json.writeNumberProperty("unknown", counts.unknown());
      write("p50_ms", steps.get(i).millis(50));
      write("p99_ms", steps.get(i).millis(99));
      json.writeEndObject();
    }
  }

  private void writeFinding(Finding finding) {
    json.writeStartObject();
    json.writeStringProperty("breach", finding.breach().name());
    json.writeStringProperty("what", finding.what());
    json.writeNumberProperty("calls_all", finding.calls().size());
    json.writeArrayPropertyStart("calls");
    finding.calls().stream().limit(CALLS_MAX).forEach(this::writeCall);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeCall(Call call) {
    json.writeRawValue(HistoryFile.line(call));
  }

  private void write(String name, @Nullable Object value) {
    if (value instanceof Double number) {
      json.writeNumberProperty(name, number);
    } else if (value instanceof Number number) {
      json.writeNumberProperty(name, number.longValue());
    } else if (value != null) {
      json.writeStringProperty(name, value.toString());
    } else {
      json.writeNullProperty(name);
    }
  }
}
