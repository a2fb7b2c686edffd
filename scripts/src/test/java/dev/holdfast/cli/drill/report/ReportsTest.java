package dev.holdfast.cli.drill.report;

import static dev.holdfast.cli.drill.report.DrawnRun.adjust;
import static dev.holdfast.cli.drill.report.DrawnRun.refused;
import static dev.holdfast.cli.drill.report.DrawnRun.written;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.drill.check.Breach;
import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.check.Witness;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.HistoryFile;
import dev.holdfast.cli.drill.history.Outcome.Undecided;
import dev.holdfast.cli.drill.model.Settings;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

final class ReportsTest {
  private static final String EVIL = "<script>alert('\"&\u0007')</script>";

  private static final char HALF_A_PAIR = '\ud83d';

  @TempDir private Path directory;

  @Test
  void shouldSayThatEverythingHeld() throws Exception {
    List<PhaseRow> rows = Reports.write(directory, calm().result());

    assertThat(rows).isEqualTo(PhaseRow.of(calm().result()));
    assertThat(files()).containsExactlyInAnyOrder(Reports.PAGE, Reports.JSON, Reports.HISTORY);
    assertThat(only(page(), "h1").getTextContent()).isEqualTo("Everything held");
    assertThat(json()).contains("held=true", "verdict=Everything held", "seed=17");
    assertThat(texts(only(page(), "main"), "dd"))
        .contains("holdfast drill --seed 17 --clients 4 --seconds 10");
    assertThat(HistoryFile.read(directory.resolve(Reports.HISTORY)).history().calls())
        .isEqualTo(calm().calls());
  }

  @Test
  void shouldDrawTheTimeline() throws Exception {
    Reports.write(directory, calm().phase("cut", 6_000, 7_000).result());

    Element drawing = only(page(), "svg");
    assertThat(drawing.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("Timeline of the drill");
    assertThat(drawing.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo(
            "10 seconds with 2 phases. Everything held."
                + " The table of phases below has the same numbers.");
    assertThat(texts(drawing, "text")).contains("1 leader killed", "2 cut");
    assertThat(classes(drawing, "path"))
        .containsExactly("throughput", "latency", "refused", "not-tried", "unknown");
    assertThat(texts(drawing, "title")).contains("partition 0 from 2.00 s for 1.60 s");
  }

  @Test
  void shouldShowFindingsWhereTheyLie() throws Exception {
    DrawnRun run = calm().call(8_000, 8_010, adjust("store-0"), refused("INSUFFICIENT_STOCK"));
    Call shown = run.calls().get(run.calls().size() - 1);
    Finding finding = new Finding(Breach.NEVER_TRUE, "there was enough", List.of(shown));
    Reports.write(directory, run.finding(finding).result());

    assertThat(only(page(), "h1").getTextContent()).isEqualTo("Promises were broken: 1 finding");
    assertThat(classes(only(page(), "svg"), "g")).contains("finding");
    assertThat(texts(only(page(), "main"), "code"))
        .containsExactly(
            "store: \"store-0\" sku: \"tea\" delta: 1 idempotency_key: \"k\"",
            "INSUFFICIENT_STOCK {}");
    assertThat(json())
        .contains("held=false", "breach=NEVER_TRUE", "what=there was enough", "sku=tea");
  }

  @Test
  void shouldWriteTheShortestPartThatFails() throws Exception {
    DrawnRun run = new DrawnRun();
    for (long i = 1; i <= 20; i++) {
      run.call(i * 10, i * 10 + 5, adjust("store-0"), written(0));
    }
    List<Finding> findings =
        Witness.check(run.result().history(), run.result().log(), Settings.DEFAULT);
    findings.forEach(run::finding);
    Reports.write(directory, run.result());

    HistoryFile.Content failing = HistoryFile.read(directory.resolve(Reports.FAILING));
    assertThat(findings).isNotEmpty();
    assertThat(failing.history().size()).isEqualTo(1);
    assertThat(texts(only(page(), "main"), "dd"))
        .contains("failing.jsonl.gz: 1 of the calls show " + findings.get(0).breach());
  }

  @Test
  void shouldEscapeWhateverComesFromOutside() throws Exception {
    DrawnRun run =
        calm()
            .phase(EVIL + HALF_A_PAIR, 3_000, 5_000)
            .call(5_000, 5_001, adjust(EVIL), refused(EVIL));
    Call shown = run.calls().get(run.calls().size() - 1);
    run.finding(new Finding(Breach.WRONG_READ, EVIL, List.of(shown)));

    Reports.write(directory, run.result());

    String text = Files.readString(directory.resolve(Reports.PAGE));
    assertThat(text).doesNotContain("<script").doesNotContain("\u0007");
    Document page = page();
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    String shownEvil = EVIL.replace('\u0007', '\uFFFD');
    assertThat(texts(only(page, "main"), "th")).contains(shownEvil + '\uFFFD');
    assertThat(json()).contains("phase=" + EVIL + "?", "what=" + EVIL);
    assertThat(texts(only(page, "main"), "p")).contains(shownEvil);
  }

  @Test
  void shouldNeedNothingFromElsewhere() throws Exception {
    Reports.write(directory, calm().result());

    assertThat(Files.readString(directory.resolve(Reports.PAGE)))
        .doesNotContain("src=")
        .doesNotContain("href=")
        .doesNotContain("url(")
        .doesNotContain("@import");
  }

  @Test
  void shouldSurviveADrillWithoutCalls() throws Exception {
    Reports.write(directory, new DrawnRun().result());

    assertThat(only(page(), "h1").getTextContent()).isEqualTo("Everything held");
    assertThat(json()).contains("phase=whole run", "operations=0");
  }

  /** Ten seconds of writes with a pause after the leader is killed. */
  private static DrawnRun calm() {
    return new DrawnRun()
        .phase("leader killed", 2_000, 2_500)
        .writes(0, 10, 2_000, 10)
        .call(2_000, 3_000, Undecided.UNKNOWN)
        .call(2_100, 2_200, Undecided.NOT_TRIED)
        .writes(0, 3_600, 10_000, 10);
  }

  private List<String> files() throws Exception {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** The page is XML, so that a parser can read it. */
  private Document page() throws Exception {
    String text = Files.readString(directory.resolve(Reports.PAGE));
    assertThat(text).startsWith("<!DOCTYPE html>\n");
    String xml = text.substring(text.indexOf('\n') + 1);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
  }

  private static Element only(Document page, String tag) {
    NodeList found = page.getElementsByTagName(tag);
    assertThat(found.getLength()).as(tag).isEqualTo(1);
    return (Element) found.item(0);
  }

  private static List<String> texts(Element in, String tag) {
    NodeList found = in.getElementsByTagName(tag);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  private static List<String> classes(Element in, String tag) {
    NodeList found = in.getElementsByTagName(tag);
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      classes.add(((Element) found.item(i)).getAttribute("class"));
    }
    return classes;
  }

  /** All values with their names, as a parser reads them. */
  private List<String> json() throws Exception {
    List<String> values = new ArrayList<>();
    try (JsonParser parser =
        JsonFactory.builder()
            .build()
            .createParser(
                ObjectReadContext.empty(), Files.readString(directory.resolve(Reports.JSON)))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          values.add(parser.currentName() + "=" + parser.getString());
        }
      }
    }
    return values;
  }
}
