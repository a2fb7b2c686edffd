package dev.holdfast.cli.watch;

import dev.holdfast.proto.feed.v1.WatchedEvent;

/** Formats an event as one line. */
interface EventFormat {
  String line(WatchedEvent event);

  static EventFormat json() {
    return EventJson::line;
  }
}
