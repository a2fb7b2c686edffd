package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters beyond ASCII, where cron, systemd or a bare container set no locale. */
@Timeout(120)
final class LocaleTest {
  /** The bytes of K&auml;se, which no Java of the test has decoded and encoded again. */
  private static final String CHEESE = "$'K\\xc3\\xa4se'";

  @Test
  void shouldRefuseWhatTheLocaleCannotRead() throws Exception {
    ShellRun run = ShellRun.of("LC_ALL=C \"$@\" " + CHEESE, "stock", "get", "Oslo");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            """
            holdfast: 'K\uFFFD\uFFFDse' could not be read as UTF-8 text
            nothing was done; set LC_ALL=C.UTF-8, and type it in UTF-8
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"unset LANG", "LANG=C", "LANG=POSIX", "LC_ALL=C", "LC_ALL=xx_XX.UTF-8", "LANG="})
  void shouldReadUtf8WhateverTheLocale(String locale) throws Exception {
    String script = "export LANG LC_ALL; %s; . java.bash; use_utf8 && \"$@\" %s";

    ShellRun run = ShellRun.of(script.formatted(locale, CHEESE));

    assertThat(run.err()).contains("holdfast: there is no command 'Käse'");
  }
}
