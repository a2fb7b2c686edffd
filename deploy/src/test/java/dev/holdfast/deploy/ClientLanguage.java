package dev.holdfast.deploy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A language of docs/CLIENTS.md, and what stands in on this machine for commands that the document
 * prints: those that fetch libraries do nothing here, scripts/check/ensure-client-languages did.
 */
enum ClientLanguage {
  PYTHON(
      "checkout.py",
      "/usr/bin/python3 -c 'import grpc, google.protobuf' && protoc --version && [ -x /usr/bin/grpc_python_plugin ]",
      """
      pip() { :; }
      python3() {
        if [ "$1" = -m ]; then shift 2; protoc --plugin=protoc-gen-grpc_python=/usr/bin/grpc_python_plugin "$@"
        else /usr/bin/python3 "$@"; fi
      }
      """),
  NODE(
      "checkout.mjs",
      "node --version && [ -d \"$NODE_LIBRARIES/@grpc/grpc-js\" ] && [ -d \"$NODE_LIBRARIES/@grpc/proto-loader\" ]",
      "npm() { ln -s \"$NODE_LIBRARIES\" node_modules; }\n"),
  GO(
      "checkout.go",
      "go version && protoc --version && protoc-gen-go --version && protoc-gen-go-grpc --version"
          + " && [ -d /usr/share/gocode/src/google.golang.org/grpc ]",
      """
      export GO111MODULE=off GOPATH="$PWD/gopath:/usr/share/gocode"
      mkdir -p gopath/src && ln -sfn "$PWD/dev.holdfast" gopath/src/dev.holdfast
      go() { case $1 in install | mod) ;; *) command go "$@" ;; esac; }
      """),
  JAVA("Checkout.java", "java --version", "");

  private final String program;
  private final String check;
  private final String standIns;

  ClientLanguage(String program, String check, String standIns) {
    this.program = program;
    this.check = check;
    this.standIns = standIns;
  }

  /** The name of the program, in the document as on the disk. */
  String program() {
    return program;
  }

  /** A command that fails where the language or a library of it is missing. */
  String check() {
    return check;
  }

  /** Shell text that goes before the commands of the document. */
  String standIns() {
    return standIns;
  }

  /** The name of this language in the document's blocks and items. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String stubs() {
    return id() + " stubs";
  }

  String run() {
    return id() + " run";
  }

  List<String> blocks() {
    return List.of(stubs(), program, run());
  }

  static Stream<String> allBlocks() {
    return Stream.of(values()).flatMap(language -> language.blocks().stream());
  }
}
