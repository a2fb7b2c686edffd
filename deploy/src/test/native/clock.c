/*
 * Preloaded (LD_PRELOAD) into a process, this library shifts its wall clock and nothing else: the monotonic clock, by which processes wait, stays
 * as it is. The file that SHIM_CLOCK_FILE names holds one line:
 *
 *     OFFSET_MILLIS DRIFT_PPM SINCE_MILLIS
 *
 * The wall clock then shows the true time + OFFSET_MILLIS + DRIFT_PPM millionths of the time that has passed since the true time SINCE_MILLIS. The
 * file is read every 10 ms, so changes take effect in a running process. Without a file, or with one of another form, the time is true.
 *
 * Not shifted: times of files, which the kernel stamps, and waits until a time of the wall clock.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NANOS_PER_SECOND 1000000000LL
#define NANOS_PER_MILLI 1000000LL
#define READ_AGAIN_NANOS (10 * NANOS_PER_MILLI)

struct shift {
  long long offset_millis;
  long long drift_ppm;
  long long since_millis;
};

/* One of the two is current; the other is free for the thread that reads the file. */
static struct shift shifts[2];
static int current;
static char reading;
static long long read_at;

static long long now(clockid_t clock) {
  struct timespec time;
  syscall(SYS_clock_gettime, clock, &time);
  return time.tv_sec * NANOS_PER_SECOND + time.tv_nsec;
}

/* Not strtoll: with newer headers that becomes a symbol that older C libraries lack. */
static bool parse(const char **text, long long *number) {
  const char *at = *text;
  bool negative = *at == '-';
  if (negative) at++;
  if (*at < '0' || *at > '9') return false;
  for (*number = 0; *at >= '0' && *at <= '9'; at++) *number = *number * 10 + (*at - '0');
  if (negative) *number = -*number;
  while (*at == ' ') at++;
  *text = at;
  return true;
}

static struct shift read_shift(void) {
  struct shift none = {0, 0, 0}, found;
  char line[80];
  const char *file = getenv("SHIM_CLOCK_FILE"), *at = line;
  int fd = file ? (int)syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return none;
  long length = syscall(SYS_read, fd, line, sizeof line - 1);
  syscall(SYS_close, fd);
  line[length > 0 ? length : 0] = 0;
  bool whole = parse(&at, &found.offset_millis) && parse(&at, &found.drift_ppm) && parse(&at, &found.since_millis);
  return whole && *at == '\n' ? found : none;
}

static struct shift current_shift(void) {
  long long monotonic = now(CLOCK_MONOTONIC);
  bool due = monotonic - __atomic_load_n(&read_at, __ATOMIC_RELAXED) > READ_AGAIN_NANOS;
  if (due && !__atomic_test_and_set(&reading, __ATOMIC_ACQUIRE)) {
    int before = errno; /* telling the time leaves it alone */
    shifts[1 - current] = read_shift();
    __atomic_store_n(&current, 1 - current, __ATOMIC_RELEASE);
    __atomic_store_n(&read_at, monotonic, __ATOMIC_RELAXED);
    __atomic_clear(&reading, __ATOMIC_RELEASE);
    errno = before;
  }
  return shifts[__atomic_load_n(&current, __ATOMIC_ACQUIRE)];
}

static void shift_time(struct timespec *time) {
  struct shift shift = current_shift();
  long long nanos = time->tv_sec * NANOS_PER_SECOND + time->tv_nsec;
  long long micros_passed = (nanos - shift.since_millis * NANOS_PER_MILLI) / 1000;
  nanos += shift.offset_millis * NANOS_PER_MILLI + micros_passed * shift.drift_ppm / 1000;
  time->tv_sec = nanos / NANOS_PER_SECOND;
  time->tv_nsec = nanos % NANOS_PER_SECOND;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = (int)syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) shift_time(time);
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  struct timespec precise;
  (void)zone; /* obsolete, and ignored by the C library too */
  int result = clock_gettime(CLOCK_REALTIME, &precise);
  time->tv_sec = precise.tv_sec;
  time->tv_usec = precise.tv_nsec / 1000;
  return result;
}

time_t time(time_t *seconds) {
  struct timespec precise;
  clock_gettime(CLOCK_REALTIME, &precise);
  if (seconds) *seconds = precise.tv_sec;
  return precise.tv_sec;
}
