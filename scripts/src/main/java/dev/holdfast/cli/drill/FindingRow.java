package dev.holdfast.cli.drill;

import com.google.protobuf.TextFormat;
import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.cli.output.Column;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A finding in words. */
record FindingRow(String promise, String what, String calls) {
  /** The columns. Scripts rely on these names and their order. */
  static final List<Column<FindingRow>> COLUMNS =
      List.of(
          new Column<>("finding", FindingRow::promise),
          new Column<>("what", FindingRow::what),
          new Column<>("calls", FindingRow::calls));

  private static final int CALLS_SHOWN = 2;
  private static final double NANOS = 1e9;

  static List<FindingRow> of(DrillResult result) {
    return result.findings().stream().map(finding -> of(finding, result.beginNanos())).toList();
  }

  private static FindingRow of(Finding finding, long beginNanos) {
    String calls =
        finding.calls().stream()
            .limit(CALLS_SHOWN)
            .map(call -> text(call, beginNanos))
            .collect(Collectors.joining("; "));
    int more = finding.calls().size() - CALLS_SHOWN;
    return new FindingRow(
        finding.breach().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        finding.what(),
        more > 0 ? calls + "; and " + more + " more" : calls);
  }

  private static String text(Call call, long beginNanos) {
    String request = TextFormat.printer().emittingSingleLine(true).printToString(call.request());
    double seconds = (call.beginNanos() - beginNanos) / NANOS;
    return String.format(
        Locale.ROOT,
        "client %d at %.3f s: %s {%s}",
        call.client(),
        seconds,
        call.kind(),
        request.strip());
  }
}
