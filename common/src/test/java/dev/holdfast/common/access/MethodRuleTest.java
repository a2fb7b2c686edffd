package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.access.MethodRule.Cluster;
import dev.holdfast.common.access.MethodRule.Known;
import dev.holdfast.common.access.MethodRule.Named;
import dev.holdfast.common.access.MethodRule.Open;
import dev.holdfast.common.access.MethodRule.Scope;
import dev.holdfast.common.access.MethodRule.Some;
import dev.holdfast.common.status.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MethodRuleTest {
  private static MethodRule<String> rule(Scope<String> scope) {
    Role role = scope instanceof Open || scope instanceof Known ? null : Role.OPERATOR;
    return new MethodRule<>("service/Method", role, scope, null);
  }

  private static MethodRule<String> ofStore() {
    return rule(new Named<>(StoresIn.field(Function.identity())));
  }

  private static String textOf(@Nullable Refusal refusal) {
    return refusal == null ? "allowed" : refusal.message();
  }

  @ParameterizedTest
  @CsvSource({
    "operator:oslo, oslo, allowed",
    "operator:*, oslo, allowed",
    "admin, oslo, allowed",
    "admin:oslo, oslo, allowed",
    "operator:o*, oslo, allowed",
    "operator:oslo, '', allowed",
    "operator:oslo, berlin, user/alice needs the role operator for store 'berlin'",
    "viewer:*, oslo, user/alice needs the role operator for a store at least",
    "viewer:*, '', user/alice needs the role operator for a store at least",
    "scraper, oslo, user/alice needs the role operator for a store at least"
  })
  void shouldNeedTheRoleForTheStoreThatIsNamed(String grant, String store, String answer) {
    Caller alice = Callers.of("user/alice", grant);

    assertThat(textOf(ofStore().refusal(alice, store))).isEqualTo(answer);
    assertThat(textOf(ofStore().refusalOf(alice, store))).isEqualTo(answer);
  }

  @Test
  void shouldNeedTheRoleForAllStores() {
    MethodRule<String> rule = rule(new Cluster<>());
    Caller ofOslo = Callers.of("user/alice", "operator:oslo");

    assertThat(rule.refusal(Callers.of("user/alice", "operator:*"), "")).isNull();
    assertThat(textOf(rule.refusal(ofOslo, "")))
        .isEqualTo("user/alice needs the role operator for all stores");
    assertThat(textOf(rule.refusalOf(ofOslo, "oslo")))
        .isEqualTo("user/alice needs the role operator for all stores");
    assertThat(rule.refusal(ofOslo)).isNull(); // what it asks for is not known yet
  }

  @Test
  void shouldNeedTheRoleForSomeStore() {
    MethodRule<String> rule = rule(new Some<>());

    assertThat(rule.refusal(Callers.of("user/alice", "operator:oslo"), "")).isNull();
    assertThat(rule.refusal(Callers.of("user/alice", "viewer:*"), "")).isNotNull();
  }

  @Test
  void shouldNeedNoRoleWhereNoneIsNamed() {
    assertThat(rule(new Known<>()).refusal(Callers.of("user/alice"), "")).isNull();
    assertThat(rule(new Open<>()).refusal(Callers.of("user/alice"), "")).isNull();
    assertThat(rule(new Open<>()).isOpen()).isTrue();
    assertThat(rule(new Known<>()).isOpen()).isFalse();
  }

  @Test
  void shouldRefuseWithoutTheRequestWhoHasTheRoleNowhere() {
    assertThat(textOf(ofStore().refusal(Callers.of("user/bob"))))
        .isEqualTo("user/bob needs the role operator for a store at least");
    assertThat(ofStore().refusal(Callers.of("user/bob", "operator:oslo"))).isNull();
  }

  @Test
  void shouldCountWhatATokenClaims() {
    Caller claiming =
        new Caller(
            Principal.parse("issuer|alice").orElseThrow(),
            who -> Rights.of(List.of(Grant.parse("operator:oslo"))),
            Rights.of(List.of(Grant.parse("operator:berlin"))),
            () -> null);

    assertThat(ofStore().refusal(claiming, "oslo")).isNull();
    assertThat(ofStore().refusal(claiming, "berlin")).isNull();
    assertThat(ofStore().refusal(claiming, "paris")).isNotNull();
    assertThat(claiming.visible().patterns()).containsExactly("berlin", "oslo");
  }

  /** Ten thousand commands for a few stores ask a few times. */
  @Test
  void shouldLookUpNeighboursOnce() {
    List<String> asked = new ArrayList<>();
    MethodRule.StoresOf<List<String>> each =
        StoresIn.each(Function.identity(), Function.identity());

    String outside = each.firstOutside(List.of("a", "a", "b", "b", "a"), asked::add);

    assertThat(outside).isNull();
    assertThat(asked).containsExactly("a", "b", "a");
  }

  @Test
  void shouldSeeWhatBelongsToNoStoreOnlyWithAllStores() {
    assertThat(Callers.of("user/alice", "viewer:oslo").sees("oslo")).isTrue();
    assertThat(Callers.of("user/alice", "viewer:oslo").sees("berlin")).isFalse();
    assertThat(Callers.of("user/alice", "viewer:oslo").sees("")).isFalse();
    assertThat(Callers.of("user/alice", "viewer:*").sees("")).isTrue();
    assertThat(Caller.ANYBODY.sees("")).isTrue();
  }
}
