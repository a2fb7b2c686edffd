/*
 * Preloaded (LD_PRELOAD) into a process, this library makes its disk fail. The file that SHIM_DISK_FILE names is read at every call and holds
 * lines, up to 4 KB:
 *
 *     FAULT MILLIS PATH
 *
 *     sync-fails    fsync, fdatasync, sync_file_range and msync return EIO, and nothing is synced
 *     sync-sleeps   they take MILLIS longer
 *     write-fails   writes and allocations return ENOSPC, and nothing is written
 *     write-sleeps  writes take MILLIS longer
 *
 * A line is about files below PATH, "/" being all files; the first that is about a file and a call counts. Sockets, pipes and devices are left alone.
 * msync has no file descriptor, so only lines about "/" are about it. Writes that the C library does itself (stdio) are not seen.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define CONTROL_BYTES_MAX 4096
#define NO_FILE (-1)

enum call { SYNC, WRITE };

static bool starts_with(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

static bool is_below(const char *path, const char *directory) {
  size_t length = strlen(directory);
  if (length == 1) return true; /* "/" */
  return starts_with(path, directory) && (path[length] == '/' || path[length] == 0);
}

/* The path of an open file or directory; false for anything else that a descriptor can be. */
static bool path_of(int fd, char path[PATH_MAX]) {
  char link[32] = "/proc/self/fd/";
  char digits[12];
  int count = 0, at = (int)strlen(link);
  if (fd < 0) return false;
  do digits[count++] = (char)('0' + fd % 10);
  while ((fd /= 10) > 0);
  while (count > 0) link[at++] = digits[--count];
  link[at] = 0;
  long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  if (length <= 0) return false;
  path[length] = 0;
  return path[0] == '/' && !starts_with(path, "/dev/") && !starts_with(path, "/proc/");
}

static void sleep_millis(long long millis) {
  struct timespec left = {millis / 1000, millis % 1000 * 1000000};
  while (syscall(SYS_nanosleep, &left, &left) != 0 && errno == EINTR) {}
}

/* Cuts the next word off a text. */
static char *next_word(char **text, char end) {
  char *word = *text, *behind = strchr(word, end);
  if (!behind) return NULL;
  *behind = 0;
  *text = behind + 1;
  return word;
}

static bool is_about(const char *fault, enum call call) { return starts_with(fault, call == SYNC ? "sync-" : "write-"); }

/* The error that a call must return; 0 for none. If it must sleep, it does so here. */
static int error_of(enum call call, int fd) {
  char control[CONTROL_BYTES_MAX], path[PATH_MAX] = "/";
  const char *file = getenv("SHIM_DISK_FILE");
  int open = file ? (int)syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC) : -1;
  if (open < 0) return 0;
  long length = syscall(SYS_read, open, control, sizeof control - 1);
  syscall(SYS_close, open);
  if (length <= 0 || (fd != NO_FILE && !path_of(fd, path))) return 0;
  control[length] = 0;
  char *text = control, *line;
  while ((line = next_word(&text, '\n'))) {
    char *fault = next_word(&line, ' '), *millis = fault ? next_word(&line, ' ') : NULL;
    if (!millis || !is_about(fault, call) || !is_below(path, line)) continue;
    if (strstr(fault, "-fails")) return call == SYNC ? EIO : ENOSPC;
    long long time = 0;
    for (; *millis; millis++) time = time * 10 + (*millis - '0');
    sleep_millis(time);
    return 0;
  }
  return 0;
}

static bool fails(enum call call, int fd) {
  int before = errno, error = error_of(call, fd);
  errno = error ? error : before;
  return error;
}

/* Offsets go to the kernel in two halves, of which 64-bit machines ignore the upper one. */
#define HALVES(offset) (long)(offset), (long)((unsigned long long)(offset) >> 32)

int fsync(int fd) { return fails(SYNC, fd) ? -1 : (int)syscall(SYS_fsync, fd); }

int fdatasync(int fd) { return fails(SYNC, fd) ? -1 : (int)syscall(SYS_fdatasync, fd); }

int msync(void *from, size_t length, int flags) {
  return fails(SYNC, NO_FILE) ? -1 : (int)syscall(SYS_msync, from, length, flags);
}

int sync_file_range(int fd, off64_t from, off64_t length, unsigned flags) {
  return fails(SYNC, fd) ? -1 : (int)syscall(SYS_sync_file_range, fd, from, length, flags);
}

ssize_t write(int fd, const void *bytes, size_t length) { return fails(WRITE, fd) ? -1 : syscall(SYS_write, fd, bytes, length); }

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  return fails(WRITE, fd) ? -1 : syscall(SYS_pwrite64, fd, bytes, length, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  return fails(WRITE, fd) ? -1 : syscall(SYS_writev, fd, parts, count);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
  return fails(WRITE, fd) ? -1 : syscall(SYS_pwritev, fd, parts, count, HALVES(at));
}

int fallocate64(int fd, int mode, off64_t from, off64_t length) {
  return fails(WRITE, fd) ? -1 : (int)syscall(SYS_fallocate, fd, mode, from, length);
}

/* Returns the error instead of setting it. */
int posix_fallocate64(int fd, off64_t from, off64_t length) {
  return fails(WRITE, fd) || syscall(SYS_fallocate, fd, 0, from, length) != 0 ? errno : 0;
}

/* On 64-bit machines each of these is also known by the name without 64. */
_Static_assert(sizeof(off_t) == sizeof(off64_t), "needs a 64-bit machine");
ssize_t pwrite(int, const void *, size_t, off_t) __attribute__((alias("pwrite64")));
ssize_t pwritev(int, const struct iovec *, int, off_t) __attribute__((alias("pwritev64")));
int fallocate(int, int, off_t, off_t) __attribute__((alias("fallocate64")));
int posix_fallocate(int, off_t, off_t) __attribute__((alias("posix_fallocate64")));
