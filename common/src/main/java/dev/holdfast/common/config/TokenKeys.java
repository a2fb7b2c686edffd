package dev.holdfast.common.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Keys of bearer tokens. The same on all nodes. */
public interface TokenKeys {
  @Doc("file or URL of the public keys (JWKS) of the issuer of tokens; empty: no token is accepted")
  @WithDefault("")
  String keys();

  @Doc("issuer that a token must name (iss); with the subject (sub) it is the principal")
  @WithDefault("")
  String issuer();

  @Doc("audience that a token must name (aud), alone or among others")
  @WithDefault("holdfast")
  String audience();

  @Doc("claim that lists the roles: [\"viewer:*\", \"operator:berlin-*\", \"admin\"]")
  @WithDefault("holdfast_roles")
  String rolesClaim();

  @Doc("how far the clocks of issuer and node may differ when exp, nbf and iat are checked")
  @WithDefault("30s")
  @Range(min = "0s", max = "5m")
  Duration leeway();

  @Doc("how often the keys are read; an unknown key id has them read earlier, once in 30 s")
  @WithDefault("5m")
  @Range(min = "10s", max = "1d")
  Duration keysRefresh();

  @Doc("age of the keys, when they cannot be read again, from which every token is refused")
  @WithDefault("24h")
  @Range(min = "1m", max = "30d")
  Duration keysAgeMax();

  @Doc("maximum number of verified tokens that are remembered")
  @WithDefault("10000")
  @Range(min = "100", max = "1000000")
  int cacheMax();

  /** Checks the relations between these keys. */
  static void check(TokenKeys tokens, ConfigProblems problems) {
    if (tokens.keys().isEmpty()) {
      return;
    }
    problems.require(
        tokens.issuer().matches("[!-{}~]{1,255}"),
        "holdfast.security.tokens.issuer must name the issuer of tokens, in ASCII without '|'");
    problems.require(
        !tokens.audience().isBlank(),
        "holdfast.security.tokens.audience must not be empty: a token for another service would"
            + " do");
    problems.require(
        !tokens.rolesClaim().isBlank(), "holdfast.security.tokens.roles-claim must not be empty");
    problems.require(
        tokens.keysRefresh().compareTo(tokens.keysAgeMax()) < 0,
        "holdfast.security.tokens.keys-refresh must be below"
            + " holdfast.security.tokens.keys-age-max");
  }
}
