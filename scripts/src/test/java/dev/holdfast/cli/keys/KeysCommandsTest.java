package dev.holdfast.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.Keyset;
import dev.holdfast.common.crypt.KeysetVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysCommandsTest {
  @TempDir private Path directory;

  private Path keyset() {
    return directory.resolve("keyset.json");
  }

  private static String succeed(String... arguments) {
    CliRun run = CliRun.of(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private static String fail(String... arguments) {
    CliRun run = CliRun.of(arguments);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).doesNotContain("\tat ");
    return run.err();
  }

  @Test
  void shouldMakeAKeysetForItsOwnerAndNeverReplaceOne() throws Exception {
    String made = succeed("keys", "init", keyset().toString());

    Keyset keyset = Keyset.read(keyset());
    assertThat(made).contains(keyset.primary());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset())))
        .isEqualTo("rw-------");
    assertThat(fail("keys", "init", keyset().toString()))
        .contains(keyset() + " exists", "holdfast keys rotate " + keyset());
    assertThat(Keyset.read(keyset()).keys().keySet()).containsExactly(keyset.primary());
  }

  @Test
  void shouldRotateAndRemoveKeys() throws Exception {
    succeed("keys", "init", keyset().toString());
    String old = Keyset.read(keyset()).primary();

    succeed("keys", "rotate", keyset().toString());

    Keyset rotated = Keyset.read(keyset());
    assertThat(rotated.primary()).isNotEqualTo(old);
    assertThat(rotated.keys().keySet()).isEqualTo(Set.of(old, rotated.primary()));
    assertThat(fail("keys", "rotate", keyset().toString(), "--remove", rotated.primary()))
        .contains(rotated.primary() + " is the primary key");
    assertThat(fail("keys", "rotate", keyset().toString(), "--remove", "master-none"))
        .contains("there is no key master-none");
    succeed("keys", "rotate", keyset().toString(), "--remove", old);
    assertThat(Keyset.read(keyset()).keys().keySet()).isEqualTo(Set.of(rotated.primary()));
  }

  @Test
  void shouldShowWhichDatabasesNeedWhichKeyAndNoKey() throws Exception {
    succeed("keys", "init", keyset().toString());
    Keyset first = Keyset.read(keyset());
    Path old = directory.resolve("data/old");
    DatabaseKeys.open(old, KeysetVault.open(keyset()));
    succeed("keys", "rotate", keyset().toString());
    Keyset second = Keyset.read(keyset());
    Path fresh = directory.resolve("data/new");
    DatabaseKeys.open(fresh, KeysetVault.open(keyset()));

    String in = directory.resolve("data").toString();
    String shown = succeed("keys", "show", keyset().toString(), "--in", in);

    assertThat(shown.lines())
        .containsExactlyInAnyOrder(
            first.primary() + "  unwraps only  1 databases",
            "  " + old,
            second.primary() + "  primary  1 databases",
            "  " + fresh);
    succeed("keys", "rotate", keyset().toString(), "--remove", first.primary());
    assertThat(succeed("keys", "show", keyset().toString(), "--in", in))
        .contains(first.primary() + "  MISSING  1 databases");
  }

  @Test
  void shouldSayWhenThereIsNoKeyset() {
    assertThat(fail("keys", "show", keyset().toString())).contains("there is no keyset");
  }
}
