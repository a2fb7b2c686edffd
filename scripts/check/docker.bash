# Sourced by the scripts beside it: talking to Docker without ever waiting for long.

# Where a daemon started by ensure-docker keeps everything. Short, because containerd's socket path under it may
# have 108 characters at most; outside the tree, because its mounts would break `mvn clean`.
CI_DOCKER_DIR=${CI_DOCKER_DIR:-/var/tmp/ci-docker}

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# For a script that does something to the machine: --help, or anything else, only prints its usage.
takes_no_arguments() {
  [ $# -gt 0 ] || return 0
  case $1 in
    -h | --help | help) usage; exit 0 ;;
    *) say "takes no arguments, was given '$1'"; usage >&2; exit 2 ;;
  esac
}

# within SECONDS COMMAND...: macOS has no timeout, and every machine with git has perl.
within() {
  if command -v timeout >/dev/null 2>&1; then timeout "$@"; else perl -e 'alarm shift; exec @ARGV' "$@"; fi
}

docker_answers() { within 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

image_is_here() { within 10 docker image inspect "$1" >/dev/null 2>&1; }

# A registry that cannot be reached fails in a second; a slow one is given two minutes.
image_is_here_or_pulled() {
  image_is_here "$1" || { say "pulling $1 (two minutes at most)"; within 120 docker pull -q "$1" >/dev/null 2>&1; }
}
