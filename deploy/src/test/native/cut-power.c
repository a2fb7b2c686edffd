/*
 * cut-power DIRECTORY: ends the file system that is mounted there as a power failure would. What was not synced is lost once it is mounted again;
 * until then every operation on it fails. Needs root.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>

/* FS_IOC_SHUTDOWN, which only newer headers of the kernel have; XFS, F2FS and ext4 know it. */
#define SHUTDOWN _IOR('X', 125, unsigned)
#define WITHOUT_FLUSHING_THE_JOURNAL 2u

int main(int count, char **arguments) {
  unsigned how = WITHOUT_FLUSHING_THE_JOURNAL;
  if (count != 2) {
    fputs("usage: cut-power DIRECTORY\n", stderr);
    return 2;
  }
  int directory = open(arguments[1], O_RDONLY | O_DIRECTORY);
  if (directory < 0 || ioctl(directory, SHUTDOWN, &how) != 0) {
    perror(arguments[1]);
    return 1;
  }
  return 0;
}
