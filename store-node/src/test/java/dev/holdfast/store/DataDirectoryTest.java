package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.NodeArguments;
import dev.holdfast.store.config.StoreNodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path root;

  @Test
  void shouldBeClaimedAgainByTheSameNode() {
    claim("node-a").close();

    claim("node-a").close();
  }

  @Test
  void shouldRefuseTheDirectoryOfAnotherNode() {
    claim("node-a").close();

    assertThatThrownBy(() -> claim("node-b"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("belongs to node 'node-a'");
  }

  @Test
  void shouldRefuseAnIdentityThatSaysNothing() throws IOException {
    claim("node-a").close();
    Files.writeString(root.resolve("identity"), "");

    assertThatThrownBy(() -> claim("node-a"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("identity is damaged");
  }

  @Test
  void shouldRefuseAnIdentityOfWhichABitChanged() throws IOException {
    claim("node-a").close();
    Path identity = root.resolve("identity");
    byte[] text = Files.readAllBytes(identity);
    text[text.length / 2] ^= 1;
    Files.write(identity, text);

    assertThatThrownBy(() -> claim("node-a"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("identity is damaged");
  }

  @Test
  void shouldRefusePartitionsOfNobodyKnowsWhom() throws IOException {
    claim("node-a").close();
    Files.createDirectories(root.resolve("partition-0"));
    Files.delete(root.resolve("identity"));

    assertThatThrownBy(() -> claim("node-a"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the file identity is missing");
  }

  @Test
  void shouldBeAnotherDiskOnceItWasDeleted() throws IOException {
    DataDirectory first = claim("node-a");
    String disk = first.disk();
    first.keepFounders(Map.of("node-a", disk, "node-b", "other"));
    first.close();
    DataDirectory again = claim("node-a");
    assertThat(again.disk()).isEqualTo(disk);
    assertThat(again.founders()).containsEntry("node-b", "other").hasSize(2);
    again.close();
    Files.delete(root.resolve("identity"));

    assertThat(claim("node-a").disk()).isNotEqualTo(disk);
  }

  @Test
  void shouldRefuseASecondProcess() {
    DataDirectory first = claim("node-a");

    assertThatThrownBy(() -> claim("node-a")).hasMessageContaining("in use by another process");
    first.close();
  }

  private DataDirectory claim(String node) {
    Map<String, String> settings =
        Map.of(
            "holdfast.node.id", node,
            "holdfast.node.data-dir", root.toString(),
            "holdfast.cluster.id", "test",
            "holdfast.cluster.nodes", "node-a=h:7101/127.0.0.1:7201,node-b=h:7102/127.0.0.1:7202",
            "holdfast.http.port", "7302",
            "holdfast.security.mode", "off");
    NodeArguments arguments = new NodeArguments(Optional.empty(), settings, false, false);
    return DataDirectory.claim(StoreNodeConfig.loader().load(arguments, Map.of()));
  }
}
