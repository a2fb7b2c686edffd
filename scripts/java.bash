# Sourced by the scripts beside it: finds Java, and the jars of a module.

JAVA_VERSION_MIN=17
readonly JAVA_VERSION_MIN

# Prints the command to run, or says on stderr what is missing.
find_java() {
  local java=java version
  [ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
  if ! version=$("$java" -version 2>&1); then
    printf 'Java is missing: install a JDK %s or newer and put it on the PATH, or set JAVA_HOME\n' \
      "$JAVA_VERSION_MIN" >&2
    return 1
  fi
  version=$(sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' <<<"$version" | head -n 1)
  if [ -z "$version" ] || [ "$version" -lt "$JAVA_VERSION_MIN" ]; then
    printf 'Java %s at %s is too old: Holdfast needs %s or newer; set JAVA_HOME to one\n' \
      "${version:-of unknown version}" "$(command -v "$java")" "$JAVA_VERSION_MIN" >&2
    return 1
  fi
  printf '%s\n' "$java"
}

# Java reads arguments and names of files in the encoding of the locale, and no flag changes that. Without a locale (cron,
# systemd, LANG=C) it would take every letter beyond ASCII for the same one. Locales that name an encoding stay.
use_utf8() {
  local encoding
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
    C | POSIX) ;;
    *)
      # A locale that this machine does not have counts as none.
      encoding=$(locale charmap 2>/dev/null) || return 0
      [ "$encoding" = ANSI_X3.4-1968 ] || return 0 ;;
  esac
  export LC_ALL=C.UTF-8
}

# is_built MODULE...: whether Maven has made the jar and copied the libraries of each.
is_built() {
  local module
  for module in "$@"; do
    [ -f "$module/target/holdfast-$module.jar" ] && [ -d "$module/target/lib" ] || return 1
  done
}

# build MODULE...: in the project's directory.
build() {
  command -v mvn >/dev/null || { echo 'Maven is missing: install Maven 3.8.7 or newer (mvn)' >&2; return 1; }
  echo "building $* with Maven (once; the first time it downloads the libraries, which takes minutes)" >&2
  # Dependencies of jars are copied in the package phase, so their modules have to be packaged in the same run.
  mvn -q -B -ntp -DskipTests -pl "$(IFS=,; echo "$*")" -am package >&2 ||
    { echo 'the build failed; its messages are above' >&2; return 1; }
}
