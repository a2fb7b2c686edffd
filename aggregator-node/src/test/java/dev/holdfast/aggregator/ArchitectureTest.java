package dev.holdfast.aggregator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.holdfast.aggregator",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  /** The composition root may name everything that it wires. */
  private static final String ROOT = "dev.holdfast.aggregator";

  private static final String[] PURE = {
    "dev.holdfast.aggregator.view..", "dev.holdfast.aggregator.invariant.."
  };

  @ArchTest
  static final ArchRule THE_VIEW_IS_PURE =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.holdfast.aggregator.view..",
              "dev.holdfast.aggregator.invariant..",
              "dev.holdfast.common.domain..",
              "dev.holdfast.common.codec..", // the hash that a cursor stands on
              "com.google.common.hash..",
              "java.lang..",
              "java.util",
              "java.util.function",
              "java.util.stream",
              "org.jspecify.annotations..")
          .because(
              "the view is a fold of events: no I/O, no logger, no library but for hash values");

  @ArchTest
  static final ArchRule THE_VIEW_HAS_NO_CLOCK_CHANCE_OR_THREAD =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.lang\\.(System|Thread|Runtime|ProcessHandle|ThreadLocal)"
                  + "|java\\.util\\.(Random|UUID|Timer|Date)"
                  + "|java\\.(time|io|nio|net)\\..*")
          .because("the same events must give the same view on every aggregator");

  @ArchTest
  static final ArchRule GRPC_STAYS_AT_THE_EDGES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.holdfast.aggregator.api..",
              "dev.holdfast.aggregator.source..",
              "dev.holdfast.aggregator.export..",
              ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.grpc..")
          .because("what folds and stores does not know where events come from");

  @ArchTest
  static final ArchRule HTTP_STAYS_IN_ONE_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.holdfast.aggregator.api.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
          .because("HTTP says what the gRPC services say, in other words");

  @ArchTest
  static final ArchRule ROCKSDB_STAYS_IN_STORAGE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.holdfast.aggregator.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.rocksdb..")
          .because("native memory needs care, in one place");

  @ArchTest
  static final ArchRule THE_NODES_DO_NOT_KNOW_EACH_OTHER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.holdfast.store..", "dev.holdfast.cli..", "com.alipay..")
          .because("nodes meet over the wire only");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("dev.holdfast.aggregator.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a package can then be read knowing only those below it");
}
