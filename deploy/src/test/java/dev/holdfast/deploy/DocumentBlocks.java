package dev.holdfast.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fenced blocks of a Markdown file by what stands behind the language, as {@code checkout.py}
 * in <code>```python checkout.py</code>; every block must have such a name.
 */
final class DocumentBlocks {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```(.*?)\\R(.*?)^```$");
  private static final Pattern NAMED = Pattern.compile("\\w+ (\\S.*)");

  private final Map<String, String> blocks;

  private DocumentBlocks(Map<String, String> blocks) {
    this.blocks = blocks;
  }

  static DocumentBlocks of(Path file) throws IOException {
    return in(Files.readString(file));
  }

  /** Those of a section: from its heading to the next one. */
  static DocumentBlocks of(Path file, String heading) throws IOException {
    String text = Files.readString(file);
    int begin = text.indexOf("\n" + heading + "\n");
    if (begin < 0) {
      throw new IllegalArgumentException("there is no section " + heading);
    }
    String rest = text.substring(begin + heading.length() + 2);
    return in(rest.split("(?m)^#{2,3} ", 2)[0]);
  }

  private static DocumentBlocks in(String text) {
    return new DocumentBlocks(
        FENCE
            .matcher(text)
            .results()
            .collect(
                Collectors.toMap(
                    block -> name(block.group(1)),
                    block -> block.group(2),
                    (one, other) -> {
                      throw new IllegalArgumentException("two blocks of a name: " + one + other);
                    },
                    LinkedHashMap::new)));
  }

  private static String name(String info) {
    Matcher named = NAMED.matcher(info);
    if (!named.matches()) {
      throw new IllegalArgumentException("a block without a name: ```" + info);
    }
    return named.group(1);
  }

  List<String> names() {
    return List.copyOf(blocks.keySet());
  }

  String text(String name) {
    String text = blocks.get(name);
    if (text == null) {
      throw new IllegalArgumentException("there is no block " + name + ", but " + names());
    }
    return text;
  }
}
