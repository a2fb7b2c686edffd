package dev.holdfast.cli.drill.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.check.ShortestPrefix;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.output.Column;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The report as a page: one file, without script, readable as text and on paper. */
final class HtmlReport {
  private static final int CALLS_MAX = 20;
  private static final int TEXT_MAX = 400;

  private static final List<Column<PhaseRow>> COLUMNS =
      List.of(
          new Column<>("begins at, s", row -> begin(row)),
          new Column<>("lasts, s", row -> number("%.1f", row.seconds())),
          new Column<>("operations", row -> number("%,d", row.operations().all())),
          new Column<>("per second", row -> number("%,.0f", row.pace().operationsPerSecond())),
          new Column<>("p50, ms", row -> number("%,.1f", row.pace().p50Millis())),
          new Column<>("p99, ms", row -> number("%,.1f", row.pace().p99Millis())),
          new Column<>("refused, %", row -> percent(row, row.operations().refused())),
          new Column<>("not tried, %", row -> percent(row, row.operations().notTried())),
          new Column<>("unknown, %", row -> percent(row, row.operations().unknown())),
          new Column<>("without writes, s", row -> number("%.2f", row.noWritesSeconds())));

  private final Report report;
  private final Markup out = new Markup();

  private HtmlReport(Report report) {
    this.report = report;
  }

  static String of(Report report) throws IOException {
    HtmlReport page = new HtmlReport(report);
    page.write();
    return "<!DOCTYPE html>\n" + page.out;
  }

  private void write() throws IOException {
    out.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.leaf("title", "Drill: " + report.verdict()).leaf("style", style()).close().line();
    out.open("body").open("main");
    writeSummary();
    writeTimeline();
    writePhases();
    writeFindings();
    out.close().close().close().line();
  }

  private static String style() throws IOException {
    try (InputStream css =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"), "report.css")) {
      return new String(css.readAllBytes(), UTF_8);
    }
  }

  private void writeSummary() {
    String kind = report.result().isClean() ? "held" : "broken";
    out.leaf("h1", report.verdict(), "class", kind).leaf("p", report.basis()).line();
    out.open("dl");
    define("Nodes", String.join(", ", report.result().plan().endpoints()));
    define("Repeat the calls with", report.command());
    define("All calls and the log", Reports.HISTORY);
    report.failing().ifPresent(prefix -> define("Shortest part that fails", text(prefix)));
    out.close().line();
  }

  private static String text(ShortestPrefix.Prefix prefix) {
    return String.format(
        Locale.ROOT,
        "%s: %,d of the calls show %s",
        Reports.FAILING,
        prefix.history().size(),
        prefix.finding().breach());
  }

  private void define(String term, String text) {
    out.leaf("dt", term).leaf("dd", text).line();
  }

  private void writeTimeline() {
    out.leaf("h2", "Timeline").open("figure");
    TimelineDrawing.draw(report, out);
    out.close().line();
  }

  private void writePhases() {
    out.leaf("h2", "Phases").open("div", "class", "scroll", "tabindex", 0).open("table");
    out.leaf(
        "caption",
        "A call counts for the phases in which it ended, or for the last that it outlasted. Refused:"
            + " decided against. Not tried: no leader, or overload. Without writes: the longest time,"
            + " until service was back, in which callers wrote to some partition and none was decided.");
    out.open("thead").open("tr").leaf("th", "#", "scope", "col");
    out.leaf("th", "phase", "scope", "col", "class", "text");
    COLUMNS.forEach(column -> out.leaf("th", column.name(), "scope", "col"));
    out.close().close().line().open("tbody");
    int phases = report.measures().phases().size();
    for (int i = 0; i < report.rows().size(); i++) {
      writeRow(i < phases ? String.valueOf(i + 1) : "", report.rows().get(i));
    }
    out.close().close().close().line();
  }

  private void writeRow(String number, PhaseRow row) {
    out.open("tr").leaf("td", number).leaf("th", row.phase(), "scope", "row", "class", "text");
    for (Column<PhaseRow> column : COLUMNS) {
      Object value = column.value().apply(row);
      out.leaf("td", value == null ? "–" : value.toString());
    }
    out.close().line();
  }

  /** The time between phases begins nowhere in particular. */
  private static @Nullable String begin(PhaseRow row) {
    return row.phase().equals(PhaseRow.BETWEEN) ? null : number("%.1f", row.beginSeconds());
  }

  private static @Nullable String percent(PhaseRow row, long count) {
    return number("%.3f", row.percent(count));
  }

  private static @Nullable String number(String format, @Nullable Number value) {
    return value == null ? null : String.format(Locale.ROOT, format, value);
  }

  private void writeFindings() {
    List<Finding> findings = report.result().findings();
    out.leaf("h2", "Findings");
    if (findings.isEmpty()) {
      out.leaf("p", "None: every answer is explained by one order of all operations.");
    }
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      String breach = finding.breach().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      out.leaf("h3", (i + 1) + ". " + breach).leaf("p", cut(finding.what())).line();
      if (!finding.calls().isEmpty()) {
        writeCalls(finding.calls());
      }
    }
  }

  private void writeCalls(List<Call> calls) {
    out.open("div", "class", "scroll", "tabindex", 0).open("table").open("thead").open("tr");
    for (String name : List.of("begins at, s", "ends at, s", "client")) {
      out.leaf("th", name, "scope", "col");
    }
    for (String name : List.of("call", "request", "outcome")) {
      out.leaf("th", name, "scope", "col", "class", "text");
    }
    out.close().close().line().open("tbody");
    calls.stream().limit(CALLS_MAX).forEach(this::writeCall);
    out.close().close().close();
    if (calls.size() > CALLS_MAX) {
      out.leaf("p", "and %,d more calls".formatted(calls.size() - CALLS_MAX));
    }
    out.line();
  }

  private void writeCall(Call call) {
    boolean ended = call.endNanos() != Call.NEVER;
    out.open("tr").leaf("td", seconds(call.beginNanos()));
    out.leaf("td", ended ? seconds(call.endNanos()) : "never");
    out.leaf("td", String.valueOf(call.client()));
    out.leaf("td", call.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '), "class", "text");
    for (String text : List.of(text(call.request()), text(call.outcome()))) {
      out.open("td", "class", "text").leaf("code", cut(text)).close();
    }
    out.close().line();
  }

  private String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", report.secondsAt(nanos));
  }

  private static String text(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered) {
      return text(answered.answer());
    }
    return outcome instanceof Outcome.Refused refused
        ? refused.reason() + " " + refused.details()
        : outcome.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String text(Message message) {
    return TextFormat.printer().emittingSingleLine(true).printToString(message);
  }

  private static String cut(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
  }
}
