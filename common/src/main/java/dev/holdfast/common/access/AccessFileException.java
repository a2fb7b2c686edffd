package dev.holdfast.common.access;

import java.util.List;

/** Says what is wrong with a file of grants: one line per problem, each with file and line. */
public final class AccessFileException extends Exception {
  private static final long serialVersionUID = 1L;

  AccessFileException(List<String> problems) {
    super(String.join("\n", problems));
  }

  AccessFileException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
