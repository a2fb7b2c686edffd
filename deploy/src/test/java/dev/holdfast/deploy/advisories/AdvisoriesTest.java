package dev.holdfast.deploy.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No library that we use, or that one of them holds, has a weakness that our list knows. */
final class AdvisoriesTest {
  private static final Logger LOG = LoggerFactory.getLogger(AdvisoriesTest.class);
  private static final Path FILE = Path.of("src/test/resources/advisories.txt");

  private final AdvisoryList list = AdvisoryList.parse(FILE);
  private final List<Library> libraries = Libraries.all();

  @Test
  void shouldHaveNoLibraryWithAPublishedWeakness() {
    String warning = list.warning(LocalDate.now(Clock.systemUTC()));
    if (warning != null) {
      LOG.warn("{}", warning);
    }

    assertThat(list.hits(libraries)).isEmpty();
    assertThat(list.needless(libraries)).as("accepted, and no hit any more").isEmpty();
  }

  /** Every library of the list is here: it would have no rows otherwise. */
  @Test
  void shouldSeeTheLibrariesOfAllModulesAndThoseInsideOfOthers() {
    List<String> gone = List.of("io.netty:netty-codec", "org.lz4:lz4-java"); // by other names
    assertThat(list.advisories()).hasSizeGreaterThan(50);
    assertThat(
            list.advisories().stream()
                .flatMap(advisory -> advisory.affected().stream())
                .map(Advisory.Range::name)
                .distinct()
                .filter(name -> !gone.contains(name)))
        .allSatisfy(
            name -> assertThat(libraries).as(name).anyMatch(library -> library.isNamed(name)));
    holds("grpc-netty-shaded", "io.netty:netty-codec-http2");
    holds("grpc-netty-shaded", "io.netty:netty-handler");
    holds("nimbus-jose-jwt", "com.google.code.gson:gson");
    holds("prometheus-metrics-exposition-formats", "com.google.protobuf:protobuf-java");
  }

  private void holds(String file, String name) {
    assertThat(libraries)
        .as("%s in %s", name, file)
        .anyMatch(library -> library.in().startsWith(file + "-") && library.isNamed(name));
  }

  @Test
  void shouldFindAWeakVersionUnlessItIsAccepted() {
    AdvisoryList some =
        AdvisoryList.parse(
            List.of(
                "# a comment",
                "read 2026-11-30",
                "GHSA-aaaa-bbbb-cccc reads too much",
                "  org.acme:anvil >=2.0 <2.4.1",
                "  org.acme:hammer >=0",
                "  accepted org.acme:anvil 2.3: nobody calls it"));
    Library weak = Library.named("org.acme:anvil", "2.4.0", "anvil-2.4.0.jar");

    assertThat(some.hits(List.of(weak)))
        .containsExactly("GHSA-aaaa-bbbb-cccc: 2.4.0 in anvil-2.4.0.jar: reads too much");
    assertThat(some.hits(List.of(Library.named("org.acme:hammer", "9", "h")))).hasSize(1);
    assertThat(
            some.hits(
                List.of(
                    Library.named("org.acme:anvil", "2.4.1", "a"),
                    Library.named("org.acme:anvil", "1.9", "a"),
                    Library.named("org.acme:anvil", "2.3", "a"),
                    Library.named("com.acme:anvil", "2.4.0", "a"),
                    Library.named("org.acme:anvils", "2.4.0", "a"))))
        .isEmpty();
    assertThat(some.needless(List.of(weak))).hasSize(1);
    assertThat(some.needless(List.of(Library.named("org.acme:anvil", "2.3", "a")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "4.2.9.Final, 4.2.15.Final",
    "4.2.0.Alpha1, 4.2.0.Final",
    "9.38-rc1, 9.38",
    "4.28.0-RC1, 4.28.2",
    "31.1-jre, 32.0.0-android",
    "2.0, 2.0.1",
    "1.9.9, 1.10",
    "9.2.9.v20150224, 12.1.12",
  })
  void shouldKnowWhichVersionIsOlder(Version older, Version newer) {
    assertThat(older).isLessThan(newer);
    assertThat(newer).isGreaterThan(older);
    assertThat(new Version(newer.text() + ".0")).isEqualByComparingTo(newer);
  }

  @Test
  void shouldOnlyWarnWhenTheListIsOld() {
    AdvisoryList some = AdvisoryList.parse(List.of("read 2026-11-30"));

    assertThat(some.warning(LocalDate.of(2027, 2, 28))).isNull();
    assertThat(some.warning(LocalDate.of(2027, 3, 1)))
        .contains("2026-11-30", "scripts/check/scan-dependencies");
  }

  @Test
  void shouldRefuseALineThatItDoesNotUnderstand() {
    for (String line : List.of("  org.acme:anvil <2.4.1", "  accepted org.acme:anvil 2.3", "x")) {
      List<String> lines = List.of("read 2026-11-30", "GHSA-aaaa-bbbb-cccc reads", line);
      assertThatThrownBy(() -> AdvisoryList.parse(lines)).hasMessageContaining(line);
    }
    assertThatThrownBy(() -> AdvisoryList.parse(List.of())).hasMessageContaining("YYYY-MM-DD");
  }
}
