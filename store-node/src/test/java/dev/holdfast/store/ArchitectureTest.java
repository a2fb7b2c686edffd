package dev.holdfast.store;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.store.clock.NodeClock;
import dev.holdfast.store.commit.CommandLoop;
import dev.holdfast.store.raft.PartitionGroup;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.RocksMemory;
import java.time.Instant;

@AnalyzeClasses(
    packages = "dev.holdfast.store",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  /** The composition root may name everything that it wires. */
  private static final String ROOT = "dev.holdfast.store";

  private static final String DECIDE = ROOT + ".decide";

  private static final String STATE = ROOT + ".state";

  /** Their deciders are public for the registry only. */
  private static final String[] DECIDING_WINGS = {
    DECIDE + ".stock",
    DECIDE + ".reservation",
    DECIDE + ".transfer",
    DECIDE + ".lease",
    DECIDE + ".order"
  };

  @ArchTest
  static final ArchRule DECISIONS_ARE_PURE =
      classes()
          .that()
          .resideInAPackage("dev.holdfast.store.decide..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.holdfast.store.decide..",
              "dev.holdfast.common.domain..",
              "java.lang..",
              "java.util",
              "java.util.function",
              "java.util.stream",
              "org.jspecify.annotations..")
          .because("a decision is a function of state and command: no I/O, no library, no logger");

  @ArchTest
  static final ArchRule DECISIONS_HAVE_NO_CLOCK_CHANCE_OR_THREAD =
      noClasses()
          .that()
          .resideInAPackage("dev.holdfast.store.decide..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.lang\\.(System|Thread|Runtime|ProcessHandle|ThreadLocal)"
                  + "|java\\.util\\.(Random|UUID|Timer|Date)"
                  + "|java\\.(time|io|nio|net)\\..*")
          .because("time and chance come in as data");

  @ArchTest
  static final ArchRule ONLY_THE_NODES_CLOCK_READS_THE_WALL_CLOCK =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(NodeClock.class.getName())
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.time\\.(InstantSource|Clock|(Local|Zoned|Offset)(Date)?(Time)?|Year|YearMonth)"
                  + "|java\\.util\\.(Date|Calendar|Timer)")
          .because("a wall clock may be set to anything; a partition goes by its log's time");

  @ArchTest
  static final ArchRule ONLY_LOG_TIME_AND_THE_COMPARISON_ASK_THE_NODES_CLOCK =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.holdfast.store.clock..", "dev.holdfast.store.peers..", ROOT)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(NodeClock.class)
          .because("timers, limits and reads ask the LogClock of their partition");

  @ArchTest
  static final ArchRule GRPC_STAYS_AT_THE_EDGES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.holdfast.store.api..",
              "dev.holdfast.store.feed..",
              "dev.holdfast.store.raft.rpc..",
              ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.grpc..")
          .because("what decides, replicates and stores does not know how it is called");

  @ArchTest
  static final ArchRule JRAFT_STAYS_IN_RAFT =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.holdfast.store.raft..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.alipay..")
          .because("one package adapts JRaft, so its pitfalls are met in one place");

  @ArchTest
  static final ArchRule ROCKSDB_STAYS_IN_STORAGE =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.holdfast.store.state..", "dev.holdfast.store.raft..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.rocksdb..")
          .because("native memory needs care; raft only tunes the database of the Raft log");

  @ArchTest
  static final ArchRule ONLY_THE_LOOP_DECIDES =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.holdfast.store.commit..", "dev.holdfast.store.decide..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "dev\\.holdfast\\.store\\.decide\\.(Dispatcher|state\\.SpeculativeState)")
          .because("decisions are made in one place, by one thread a partition");

  @ArchTest
  static final ArchRule ONLY_THE_REGISTRY_USES_DECIDERS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(DECIDE + ".Deciders")
          .and()
          .resideOutsideOfPackages(DECIDING_WINGS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DECIDING_WINGS)
          .because("a command is decided by the dispatcher, which asks receipts and leases first");

  @ArchTest
  static final ArchRule THE_WINGS_OF_DECIDE_DO_NOT_KNOW_THE_DISPATCHER =
      noClasses()
          .that()
          .resideInAPackage(DECIDE + ".*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(DECIDE)
          .because("the registry lists the wings; they know the state that they read");

  @ArchTest
  static final ArchRule THE_WINGS_OF_DECIDE_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching(DECIDE + ".(*)..")
          .namingSlices("$1")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAnyPackage(DECIDE + ".state", DECIDE + ".check"))
          .because("each concept can be read by itself, with the state and the shared checks");

  @ArchTest
  static final ArchRule TIMERS_NEVER_MUTATE =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.holdfast.store.state..", "dev.holdfast.store.raft..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(STATE + ".apply")
          .because("state changes by committed entries only: whoever wants a change asks for it");

  @ArchTest
  static final ArchRule ONLY_STATE_KNOWS_ITS_ROWS =
      noClasses()
          .that()
          .resideOutsideOfPackage(STATE + "..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(STATE + ".db")
                  .and(not(belongToAnyOf(AppliedState.class, RocksMemory.class))))
          .because("its classes are public for the other wings: all else reads by StateReads");

  @ArchTest
  static final ArchRule THE_WINGS_OF_STATE_DO_NOT_KNOW_THE_STORE =
      noClasses()
          .that()
          .resideInAPackage(STATE + ".*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(STATE)
          .because("the store swaps and closes the database: the wings only read what it lends");

  @ArchTest
  static final ArchRule NO_CYCLES_BETWEEN_THE_WINGS_OF_STATE =
      slices()
          .matching(STATE + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("a wing can then be read knowing only those it stands on");

  @ArchTest
  static final ArchRule A_REPLICA_KEEPS_ITS_INSIDES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + ".partition", ROOT + ".commit", ROOT + ".raft", STATE + "..")
          .should()
          .dependOnClassesThat(
              belongToAnyOf(CommandLoop.class, PartitionGroup.class, StateStore.class))
          .because("others read its state and act by its methods: only it starts, applies, stops");

  @ArchTest
  static final ArchRule THE_NODES_DO_NOT_KNOW_EACH_OTHER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.holdfast.aggregator..", "dev.holdfast.cli..")
          .because("nodes meet over the wire only");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("dev.holdfast.store.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a package can then be read knowing only those below it");

  @ArchTest
  static final ArchRule ONLY_THE_ROOT_KNOWS_THE_API =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.holdfast.store.api..", ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.holdfast.store.api..")
          .because("its classes are public for each other: nothing below knows how it is called");

  @ArchTest
  static final ArchRule THE_WAY_OF_A_CALL_KNOWS_NO_KIND_OF_CALL =
      noClasses()
          .that()
          .resideInAnyPackage("dev.holdfast.store.api.call", "dev.holdfast.store.api.read")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.holdfast.store.api..")
                  .and(not(resideInAPackage("dev.holdfast.store.api.call")))
                  .and(not(resideInAPackage("dev.holdfast.store.api.read"))))
          .because("a new kind of call is a row in its own wing");

  @ArchTest
  static final ArchRule NO_CYCLES_BETWEEN_THE_WINGS_OF_THE_API =
      slices()
          .matching("dev.holdfast.store.api.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a wing can then be read knowing only those it stands on");
}
