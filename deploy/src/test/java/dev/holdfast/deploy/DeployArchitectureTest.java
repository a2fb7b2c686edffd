package dev.holdfast.deploy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.holdfast.deploy")
final class DeployArchitectureTest {
  @ArchTest
  static final ArchRule TESTS_THE_IMAGE_FROM_OUTSIDE =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "dev.holdfast.store..", "dev.holdfast.aggregator..", "dev.holdfast.cli..")
                  .and(resideOutsideOfPackage("dev.holdfast.cli.drill..")))
          .because(
              "system tests run what users run: the image, the scripts and the contract;"
                  + " the drill is made to be called");

  @ArchTest
  static final ArchRule NEEDS_NOTHING_OF_COMMON_BUT_THE_CLIENT =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.holdfast.common.codec..",
              "dev.holdfast.common.config..",
              "dev.holdfast.common.domain..",
              "dev.holdfast.common.rocksdb..",
              "dev.holdfast.common.server..")
          .because("a caller has the client and its errors, and a test must not know more");

  @ArchTest
  static final ArchRule NEITHER_RAFT_NOR_ROCKSDB =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.holdfast.deploy.replicas..", "dev.holdfast.deploy.shims..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.alipay..", "org.rocksdb..")
          .because(
              "only nodes open data directories; a test breaks them as files."
                  + " But replicas that ended are compared as databases, row by row, and a fault of"
                  + " the disk must be seen by RocksDB as well");
}
