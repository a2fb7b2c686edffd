package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessFileTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void setUp() {
    file = directory.resolve("access.yaml");
  }

  private Map<String, List<Grant>> read(String text) throws IOException, AccessFileException {
    Files.writeString(file, text);
    return AccessFile.read(file);
  }

  private void assertRefused(String text, String... problems) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(AccessFileException.class)
        .satisfies(
            refused -> {
              List<String> lines = String.valueOf(refused.getMessage()).lines().toList();
              assertThat(lines).hasSameSizeAs(problems);
              for (int i = 0; i < problems.length; i++) {
                assertThat(lines.get(i)).startsWith(file.toString()).contains(problems[i]);
              }
            });
  }

  @Test
  void shouldBindPrincipalsToGrants() throws Exception {
    Map<String, List<Grant>> grants =
        read(
            """
            # who may do what
            grants:
              user/alice:
                - role: admin
              service/shop:
                - role: operator
                  stores: [oslo, berlin-*]
                - role: viewer
                  stores: "*"
              "https://login.example|8f3a":
                - {role: scraper}
              user/nobody: []
            """);

    assertThat(grants)
        .containsOnly(
            Map.entry("user/alice", List.of(Grant.parse("admin"))),
            Map.entry(
                "service/shop",
                List.of(
                    new Grant(Role.OPERATOR, Stores.of(List.of("oslo", "berlin-*"))),
                    Grant.parse("viewer:*"))),
            Map.entry("https://login.example|8f3a", List.of(Grant.parse("scraper"))),
            Map.entry("user/nobody", List.of()));
  }

  @Test
  void shouldAllowNobody() throws Exception {
    assertThat(read("grants: {}\n")).isEmpty();
  }

  @Test
  void shouldTellAllProblemsWithTheirLines() {
    assertRefused(
        """
        grants:
          alice:
            - role: admin
          node/node-d:
            - role: viewer
              stores: "*"
          user/bob:
            - role: peer
            - role: vewer
            - role: operator
            - stores: [oslo]
            - role: viewer
              stores: []
            - role: viewer
              store: oslo
            - role: scraper
              stores: [oslo]
            - role: viewer
              stores: [" oslo"]
          user/bob:
            - role: admin
        """,
        "line 20: 'user/bob' stands there twice",
        "line 2: 'alice' is nobody: write user/ID, service/ID or '<issuer>|<subject>'",
        "line 4: 'node/node-d': nodes have their rights by their certificates",
        "line 8: peer is no role to grant",
        "line 9: role must be one of viewer, operator, scraper, admin, not 'vewer'",
        "line 10: operator needs stores",
        "line 11: a grant needs a role",
        "line 12: stores must not be empty",
        "line 15: 'store' is not known; there are [role, stores]",
        "line 14: viewer needs stores",
        "line 16: a scraper has no stores",
        "line 18: ' oslo' is no store");
  }

  @Test
  void shouldRefuseOtherShapes() {
    assertRefused("", "line 1: must have 'grants'");
    assertRefused("[]", "line 1: must be a mapping", "line 1: must have 'grants'");
    assertRefused("grant: {}\n", "line 1: 'grant' is not known", "line 1: must have 'grants'");
    assertRefused("grants: [user/alice]\n", "line 1: must be a mapping");
    assertRefused("grants:\n  user/alice: admin\n", "line 2: must be a list of grants");
    assertRefused("grants:\n  user/alice: [admin]\n", "line 2: must be a mapping", "needs a role");
    assertRefused(
        "grants:\n  user/alice: [{role: [admin]}]\n",
        "line 2: must be a text",
        "line 2: role must");
    assertRefused(
        "grants:\n  user/a: [{role: viewer, stores: {a: b}}]\n", "a list of stores", "empty");
  }

  @Test
  void shouldSayThatAnAsteriskNeedsQuotes() {
    assertRefused(
        "grants:\n  user/alice:\n    - role: viewer\n      stores: [*]\n", "line 4: not YAML");
    assertThatThrownBy(() -> AccessFile.read(file)).hasMessageContaining("'*' needs quotes");
  }

  @Test
  void shouldTellWhichFileIsMissing() {
    assertThatThrownBy(() -> AccessFile.read(directory.resolve("none.yaml")))
        .isInstanceOf(AccessFileException.class)
        .hasMessageContaining("none.yaml cannot be read");
  }

  /** Aliases that nest would take a machine's memory, or never end. */
  @Test
  void shouldNotFollowAnAliasToItself() {
    assertRefused("grants: &a\n  user/alice: *a\n", "line 1: must be a list of grants");
  }
}
