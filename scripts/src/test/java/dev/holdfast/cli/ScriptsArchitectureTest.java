package dev.holdfast.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.holdfast.cli", importOptions = ImportOption.DoNotIncludeTests.class)
final class ScriptsArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_THE_WIRE_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.holdfast.store..", "dev.holdfast.aggregator..", "dev.holdfast.common.codec..")
          .because("the command line must work with nodes of other builds: it speaks the contract");

  @ArchTest
  static final ArchRule NEITHER_RAFT_NOR_ROCKSDB =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.alipay..", "org.rocksdb..")
          .because("only nodes open data directories");

  @ArchTest
  static final ArchRule GRPC_STAYS_IN_THE_CLIENT =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.holdfast.cli.Errors")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.grpc..")
          .because(
              "the client in common finds leaders and retries; Errors alone reads status codes");

  @ArchTest
  static final ArchRule COMMANDS_HAVE_NO_CYCLES =
      slices()
          .matching("dev.holdfast.cli.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a command must be removable without touching those it does not use");

  @ArchTest
  static final ArchRule OUTPUT_KNOWS_NO_COMMAND =
      noClasses()
          .that()
          .resideInAPackage("dev.holdfast.cli.output..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.holdfast.proto..", "dev.holdfast.common.client..", "picocli..")
          .because("it prints rows of any command and knows none");

  @ArchTest
  static final ArchRule CONSOLE_ONLY_IN_THE_SESSION =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.holdfast.cli.Session")
          .and()
          .doNotHaveFullyQualifiedName("dev.holdfast.cli.Interruption") // while the JVM ends
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("Session prints in UTF-8 and notices lost output");
}
