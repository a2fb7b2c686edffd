package dev.holdfast.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.holdfast.common",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule DOMAIN_IS_PURE =
      classes()
          .that()
          .resideInAPackage("dev.holdfast.common.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.holdfast.common.domain..",
              "java.lang..",
              "java.util",
              "java.util.function",
              "java.util.stream",
              "java.nio",
              "java.nio.charset",
              "com.google.common.hash..", // Murmur3, as pure as the rest
              "org.jspecify.annotations..")
          .because("every replica folds the same state from the same events: no library, no I/O");

  @ArchTest
  static final ArchRule DOMAIN_HAS_NO_CLOCK_CHANCE_OR_THREAD =
      noClasses()
          .that()
          .resideInAnyPackage("dev.holdfast.common.domain..", "dev.holdfast.common.codec..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.lang\\.(System|Thread|Runtime|ProcessHandle|ThreadLocal)"
                  + "|java\\.util\\.(Random|UUID|Timer|Date)"
                  + "|java\\.time\\..*")
          .because("time and chance come in as data, or replicas would differ");

  @ArchTest
  static final ArchRule CODEC_KNOWS_DOMAIN_AND_PROTOBUF_ONLY =
      classes()
          .that()
          .resideInAPackage("dev.holdfast.common.codec..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.holdfast.common.codec..",
              "dev.holdfast.common.domain..",
              "dev.holdfast.proto.log.v1..",
              "com.google.protobuf..",
              "java..",
              "org.jspecify.annotations..")
          .because("persisted formats are forever and must not follow what else changes");

  @ArchTest
  static final ArchRule GRPC_STAYS_AT_THE_EDGES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.holdfast.common.client..",
              "dev.holdfast.common.server..",
              "dev.holdfast.common.status..",
              "dev.holdfast.common.tls..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.grpc..")
          .because("adapters translate and delegate; what they carry does not know them");

  @ArchTest
  static final ArchRule NO_RAFT_HERE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.alipay..")
          .because("JRaft lives in one package of the store node");

  @ArchTest
  static final ArchRule COMMON_DOES_NOT_KNOW_THE_NODES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.holdfast.store..", "dev.holdfast.aggregator..", "dev.holdfast.cli..")
          .because("the nodes stand on common, never the other way round");
}
