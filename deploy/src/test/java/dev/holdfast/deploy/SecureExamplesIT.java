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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's callers with certificates, as printed, but for the ports: on a fresh cluster that
 * {@code scripts/cluster up --secure} starts. Python stands in for grpcurl.
 */
class SecureExamplesIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final int PORT_BASE = 18_400;
  private static final int SECONDS_MAX = 180;

  /** What grpcurl does with the options of the example, for this one method. */
  private static final String GRPCURL =
      """
      import sys, grpc
      from google.protobuf import json_format
      from holdfast.inventory.v1 import inventory_pb2 as pb
      words, options = sys.argv[1:], {}
      while words[0].startswith("-"):
          options[words[0]], words = words[1], words[2:]
      address, method = words
      read = lambda option: open(options[option], "rb").read()
      channel = grpc.secure_channel(address, grpc.ssl_channel_credentials(
          read("-cacert"), read("-key"), read("-cert")))
      call = channel.unary_unary("/" + method, pb.GetStockRequest.SerializeToString, pb.GetStockResponse.FromString)
      print(json_format.MessageToJson(call(json_format.Parse(options["-d"], pb.GetStockRequest()))))
      """;

  @TempDir static Path temporary;

  private static DocumentBlocks document;
  private static String environment = "";

  @BeforeAll
  static void start() throws Exception {
    document = DocumentBlocks.of(HOME.resolve("README.md"), "### With certificates");
    assertThat(document.text("secure start")).contains("scripts/cluster up --secure");
    environment = run(HOME, "scripts/cluster up --secure --port-base " + PORT_BASE + directory());
    run(HOME, "scripts/holdfast stock create berlin tea-1 --quantity 100");
  }

  @AfterAll
  static void stop() throws Exception {
    run(HOME, "scripts/cluster down" + directory());
    run(HOME, "scripts/cluster wipe --all" + directory());
  }

  @Test
  void shouldKnowEveryBlock() {
    assertThat(document.names())
        .containsExactlyInAnyOrder("secure start", "secure curl", "secure grpcurl", "secure.py");
  }

  @Test
  void shouldAnswerCurl() throws Exception {
    String waiting = "scripts/holdfast sync now\n";

    assertThat(run(HOME, waiting + block("secure curl"))).contains("\"sku\":\"tea-1\"");
  }

  @Test
  void shouldNotAnswerCurlThatDoesNotKnowTheAuthority() throws Exception {
    String unknown = "! curl --silent https://localhost:%d/api/health && echo refused";

    assertThat(run(HOME, unknown.formatted(PORT_BASE + 211))).contains("refused");
  }

  @Test
  void shouldAnswerGrpcurl() throws Exception {
    Path place = python();
    Files.writeString(place.resolve("grpcurl.py"), GRPCURL);
    String standIn = "grpcurl() { /usr/bin/python3 grpcurl.py \"$@\"; }\n";

    assertThat(run(place, standIn + block("secure grpcurl"))).contains("\"onHand\": \"100\"");
  }

  @Test
  void shouldAnswerPython() throws Exception {
    Path place = python();
    Files.writeString(place.resolve("secure.py"), block("secure.py"));

    assertThat(run(place, "/usr/bin/python3 secure.py")).isEqualTo("100\n");
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
  private static String block(String name) {
    return document
        .text(name)
        .replace(":7101", ":" + (PORT_BASE + 1))
        .replace(":7311", ":" + (PORT_BASE + 211));
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
