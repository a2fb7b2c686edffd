package dev.holdfast.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's callers, as printed, but for the ports: on a fresh cluster, which has certificates
 * without a word, and then on the same one without. Python stands in for grpcurl.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CallerExamplesIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final int PORT_BASE = 18_400;
  private static final int SECONDS_MAX = 180;

  /** What grpcurl does with the options of the example, for this one method. */
  private static final String GRPCURL =
      """
      import sys, grpc
      from google.protobuf import json_format
      from holdfast.inventory.v1 import inventory_pb2 as pb
      words, options = [word for word in sys.argv[1:] if word != "-plaintext"], {}
      plain = "-plaintext" in sys.argv
      while words[0].startswith("-"):
          options[words[0]], words = words[1], words[2:]
      address, method = words
      read = lambda option: open(options[option], "rb").read()
      channel = grpc.insecure_channel(address) if plain else grpc.secure_channel(
          address, grpc.ssl_channel_credentials(read("-cacert"), read("-key"), read("-cert")))
      call = channel.unary_unary("/" + method, pb.GetStockRequest.SerializeToString, pb.GetStockResponse.FromString)
      print(json_format.MessageToJson(call(json_format.Parse(options["-d"], pb.GetStockRequest()))))
      """;

  @TempDir static Path temporary;

  private static DocumentBlocks secure;
  private static DocumentBlocks open;
  private static String environment = "";

  @BeforeAll
  static void start() throws Exception {
    secure = DocumentBlocks.of(HOME.resolve("README.md"), "## Call it from your program");
    open = DocumentBlocks.of(HOME.resolve("README.md"), "### Without certificates");
    environment = up(secure.text("start"));
    run(HOME, "scripts/holdfast stock create berlin tea-1 --quantity 100");
    run(HOME, "scripts/holdfast sync now");
  }

  /** What a start of the cluster prints, so that what follows finds it. */
  private static String up(String block) throws Exception {
    assertThat(block).startsWith("eval \"$(scripts/cluster up").endsWith(")\"\n");
    String command = block.replace("eval \"$(", "").replace(")\"\n", "");
    return run(HOME, command + " --port-base " + PORT_BASE + directory());
  }

  @AfterAll
  static void stop() throws Exception {
    run(HOME, "scripts/cluster down" + directory());
    run(HOME, "scripts/cluster wipe --all" + directory());
  }

  @Test
  @Order(1)
  void shouldKnowEveryBlock() {
    assertThat(secure.names())
        .containsExactlyInAnyOrder(
            "start", "whoami", "Shop.java", "java", "shop.py", "curl", "grpcurl");
    assertThat(open.names())
        .containsExactlyInAnyOrder("open start", "open curl", "open grpcurl", "open.py");
  }

  @Test
  @Order(1)
  void shouldSayWhoOneIs() throws Exception {
    assertThat(run(HOME, secure.text("whoami"))).contains("user/admin", "true");
  }

  @Test
  @Order(1)
  void shouldAnswerJava() throws Exception {
    Path place = Files.createDirectories(temporary.resolve("java"));
    Files.createSymbolicLink(place.resolve("scripts"), HOME.resolve("scripts"));
    Files.writeString(place.resolve("Shop.java"), here(secure.text("Shop.java")));

    assertThat(run(place, secure.text("java"))).isEqualTo("99\n");
  }

  @Test
  @Order(1)
  void shouldAnswerCurl() throws Exception {
    assertThat(run(HOME, here(secure.text("curl")))).contains("\"sku\":\"tea-1\"");
  }

  @Test
  @Order(1)
  void shouldNotAnswerCurlThatDoesNotKnowTheAuthority() throws Exception {
    String unknown = "! curl --silent https://localhost:%d/api/health && echo refused";

    assertThat(run(HOME, unknown.formatted(PORT_BASE + 211))).contains("refused");
  }

  @Test
  @Order(1)
  void shouldAnswerGrpcurl() throws Exception {
    assertThat(grpcurl(secure.text("grpcurl"))).contains("\"onHand\": \"100\"");
  }

  @Test
  @Order(1)
  void shouldAnswerPython() throws Exception {
    assertThat(python(secure.text("shop.py"))).isEqualTo("100\n");
  }

  @Test
  @Order(2)
  void shouldAnswerEverybodyWithoutCertificates() throws Exception {
    run(HOME, "scripts/cluster down" + directory());
    environment = up(open.text("open start"));
    run(HOME, "scripts/holdfast sync now");

    assertThat(run(HOME, here(open.text("open curl")))).contains("\"sku\":\"tea-1\"");
    assertThat(grpcurl(open.text("open grpcurl"))).contains("\"onHand\": \"100\"");
    assertThat(python(open.text("open.py"))).isEqualTo("100\n");
  }

  private static String grpcurl(String block) throws Exception {
    Path place = python();
    Files.writeString(place.resolve("grpcurl.py"), GRPCURL);
    return run(place, "grpcurl() { /usr/bin/python3 grpcurl.py \"$@\"; }\n" + here(block));
  }

  private static String python(String block) throws Exception {
    Path place = python();
    Files.writeString(place.resolve("shop.py"), here(block));
    return run(place, "/usr/bin/python3 shop.py");
  }

  /** A directory with the stubs, as docs/CLIENTS.md makes them. */
  private static Path python() throws Exception {
    ClientLanguage python = ClientLanguage.PYTHON;
    Path place = Files.createDirectories(temporary.resolve("python"));
    if (Files.exists(place.resolve("holdfast"))) {
      return place;
    }
    if (code(place, python.check()) != 0) {
      String reason = "Python is not here; scripts/check/ensure-client-languages installs it";
      if ("required".equals(System.getProperty("system.tests"))) {
        fail(reason);
      }
      abort(reason);
    }
    Files.createSymbolicLink(place.resolve("scripts"), HOME.resolve("scripts"));
    String stubs = DocumentBlocks.of(HOME.resolve("docs/CLIENTS.md")).text(python.stubs());
    run(place, python.standIns() + stubs);
    return place;
  }

  /** With the ports of this cluster. */
  private static String here(String block) {
    return block.replace(":7101", ":" + (PORT_BASE + 1)).replace(":7311", ":" + (PORT_BASE + 211));
  }

  private static String directory() {
    return " --dir '" + temporary.resolve("cluster") + "'";
  }

  private static int code(Path place, String commands) throws Exception {
    return new ProcessBuilder("bash", "-c", commands)
        .directory(place.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** What it printed; fails with that when its exit code is not 0. */
  private static String run(Path place, String commands) throws IOException, InterruptedException {
    Path output = Files.createTempFile(temporary, "output", ".txt");
    Path errors = Files.createTempFile(temporary, "errors", ".txt");
    Process process =
        new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + environment + commands)
            .directory(place.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String printed = Files.readString(output, UTF_8);
    assertThat(ended ? process.exitValue() : -1)
        .as("%s%nprinted %s%n%s", commands, printed, Files.readString(errors, UTF_8))
        .isZero();
    return printed;
  }
}
