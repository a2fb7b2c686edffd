package dev.holdfast.common.server;

/** Names a call in log lines. */
interface CallNames {
  /** Of code that runs outside of a call. */
  CallNames NONE =
      new CallNames() {
        @Override
        public String requestId() {
          return "";
        }

        @Override
        public String principal() {
          return "";
        }
      };

  String requestId();

  /** Who makes it; empty while that is not known, and when everybody may call. */
  String principal();
}
