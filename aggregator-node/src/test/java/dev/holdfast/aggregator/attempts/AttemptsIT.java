package dev.holdfast.aggregator.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.attempts.SecuredSite.Port;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of attempts to get in, to be somebody else, or to do what one may not: against a real
 * store node and a real aggregator, each with its ending. None changes the log, the receipts or the
 * stock. {@code TokenAttacksTest} has more tokens, {@code PeerTrustTest} more of Raft.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttemptsIT {
  private SecuredSite site;
  private List<Attempt> attempts;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    site = new SecuredSite(directory);
    attempts =
        Stream.of(
                new Identities(site),
                new Rights(site),
                new HttpRequests(site),
                new Connecting(site))
            .flatMap(rows -> rows.all().stream())
            .toList();
  }

  @AfterAll
  void stop() {
    site.close();
  }

  List<Attempt> attempts() {
    return attempts;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attempts")
  void shouldRefuse(Attempt attempt) throws Exception {
    String before = site.node().contents();

    assertThat(attempt.deed().call()).isEqualTo(attempt.ending());

    assertThat(site.node().contents()).isEqualTo(before);
  }

  /** Without it, what all others compare could be blind, and all could be refused for nothing. */
  @Test
  void shouldSeeWhatIsAllowed() throws Exception {
    Ways ways = new Ways(site);
    String before = site.node().contents();

    assertThat(ways.call(Port.NODE, "root", Map.of(), channel -> Rows.change(channel, "paris")))
        .startsWith("OK");

    assertThat(site.node().contents()).isNotEqualTo(before);
    String token = site.tokens().good("viewer:berlin");
    assertThat(ways.call(Port.NODE, Rows.NOBODY, Rows.bearer(token), Rows::whoAmI))
        .startsWith("OK");
    String longest = "Authorization: Bearer " + site.tokens().longest();
    assertThat(
            ways.http(
                Port.AGGREGATOR_HTTP,
                Rows.NOBODY,
                Rows.TLS_1_3,
                "GET /api/global/mug HTTP/1.1",
                longest))
        .isEqualTo("HTTP 200");
    for (Port port : Port.values()) {
      String good = port.isHttp() ? "HTTP 200" : "open";
      assertThat(ways.enter(port, "node-a", Rows.TLS_1_3)).isEqualTo(good);
    }
  }

  /** A rule on a metric that nobody has would never tell anything. */
  @Test
  void shouldMeasureWhatTheAlertsAskFor() throws Exception {
    String rules = Files.readString(Path.of("..", "deploy", "alerts.yaml"));
    List<String> metrics =
        Pattern.compile("holdfast_[a-z_]+")
            .matcher(rules)
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();

    assertThat(metrics).contains("holdfast_certificate_expiry_days");
    for (Port port : List.of(Port.NODE_HTTP, Port.AGGREGATOR_HTTP)) {
      assertThat(new Ways(site).body(port, "root", "/metrics").lines())
          .as("%s", port)
          .anyMatch(line -> line.matches("holdfast_certificate_expiry_days[{].*[}] 89[.][0-9]+"));
      assertThat(new Ways(site).body(port, "root", "/metrics")).contains(metrics);
    }
  }

  @Test
  void shouldHaveManyRows() {
    assertThat(attempts).hasSizeGreaterThan(200);
  }
}
