package dev.holdfast.cli.drill;

import com.google.protobuf.TextFormat;
import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.cli.drill.run.Timeline;
import java.io.PrintWriter;
import java.util.Locale;

/** What a drill did and found, for people. */
final class Summary {
  private static final int CALLS_SHOWN = 3;
  private static final double NANOS = 1e9;

  private final PrintWriter out;

  Summary(PrintWriter out) {
    this.out = out;
  }

  void print(DrillResult result) {
    for (Timeline.Phase phase : result.phases()) {
      double from = (phase.beginNanos() - result.beginNanos()) / NANOS;
      double seconds = (phase.endNanos() - phase.beginNanos()) / NANOS;
      out.println(text("%7.1f s  %5.1f s  %s", from, seconds, phase.name()));
    }
    result.findings().forEach(finding -> print(finding, result.beginNanos()));
    String end =
        result.isClean()
            ? "%d operations checked: everything held"
            : "%d operations checked: %d findings";
    out.println(text(end, result.operations(), result.findings().size()));
  }

  private void print(Finding finding, long beginNanos) {
    String breach = finding.breach().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    out.println(breach + ": " + finding.what());
    finding.calls().stream().limit(CALLS_SHOWN).forEach(call -> print(call, beginNanos));
    if (finding.calls().size() > CALLS_SHOWN) {
      out.println("  and " + (finding.calls().size() - CALLS_SHOWN) + " more calls");
    }
  }

  private void print(Call call, long beginNanos) {
    double from = (call.beginNanos() - beginNanos) / NANOS;
    String request = TextFormat.printer().emittingSingleLine(true).printToString(call.request());
    out.println(text("  %.3f s, client %d: %s %s", from, call.client(), call.kind(), request));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
