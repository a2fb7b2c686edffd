package dev.holdfast.common.access;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a file of grants, in YAML: under {@code grants}, principals with a list of grants each,
 * which have a {@code role} and {@code stores}. All problems are told at once.
 */
final class AccessFile {
  private static final String GRANTS = "grants";
  private static final String ROLE = "role";
  private static final String STORES = "stores";

  private final Path file;
  private final List<String> problems = new ArrayList<>();

  private AccessFile(Path file) {
    this.file = file;
  }

  /**
   * The grants by the text of their principal.
   *
   * @throws AccessFileException with all problems
   */
  static Map<String, List<Grant>> read(Path file) throws AccessFileException {
    return new AccessFile(file).read();
  }

  private Map<String, List<Grant>> read() throws AccessFileException {
    Node root = parse();
    Map<String, List<Grant>> grants = new HashMap<>();
    NodeTuple bindings = root == null ? null : fields(root, Set.of(GRANTS)).get(GRANTS);
    if (bindings == null) {
      problem(root, "must have '%s', with who may do what; {} for nobody".formatted(GRANTS));
    } else {
      fields(bindings.getValueNode(), null)
          .forEach((who, binding) -> grants.put(who, grants(who, binding)));
    }
    if (!problems.isEmpty()) {
      throw new AccessFileException(problems);
    }
    return grants;
  }

  private @Nullable Node parse() throws AccessFileException {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new AccessFileException(
          "%s, line %d: not YAML: %s; '*' needs quotes".formatted(file, line, e.getProblem()), e);
    } catch (YAMLException e) {
      throw new AccessFileException("%s: not YAML: %s".formatted(file, firstLine(e)), e);
    } catch (IOException e) {
      throw new AccessFileException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  private static String firstLine(YAMLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private List<Grant> grants(String who, NodeTuple binding) {
    checkPrincipal(who, binding.getKeyNode());
    List<Grant> grants = new ArrayList<>();
    for (Node each : elements(binding.getValueNode(), "a list of grants, each with a role")) {
      Grant grant = grant(each);
      if (grant != null) {
        grants.add(grant);
      }
    }
    return grants;
  }

  private void checkPrincipal(String who, Node node) {
    Principal.Kind kind = Principal.parse(who).map(Principal::kind).orElse(null);
    if (kind == null) {
      problem(
          node, "'%s' is nobody: write user/ID, service/ID or '<issuer>|<subject>'".formatted(who));
    } else if (kind == Principal.Kind.NODE) {
      problem(node, "'%s': nodes have their rights by their certificates".formatted(who));
    }
  }

  private @Nullable Grant grant(Node node) {
    Map<String, NodeTuple> fields = fields(node, Set.of(ROLE, STORES));
    NodeTuple role = fields.get(ROLE);
    if (role == null) {
      problem(node, "a grant needs a role");
      return null;
    }
    try {
      NodeTuple stores = fields.get(STORES);
      Role named = Grant.role(text(role.getValueNode()));
      return stores == null
          ? Grant.ofCluster(named)
          : new Grant(named, Stores.of(patterns(named, stores.getValueNode())));
    } catch (IllegalArgumentException e) {
      problem(role.getKeyNode(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private List<String> patterns(Role role, Node node) {
    if (role == Role.SCRAPER) {
      throw new IllegalArgumentException("a scraper has no stores: metrics are of the whole node");
    }
    if (node instanceof ScalarNode one) {
      return List.of(one.getValue());
    }
    List<String> patterns = elements(node, "a list of stores").stream().map(this::text).toList();
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("stores must not be empty");
    }
    return patterns;
  }

  /**
   * The fields of a mapping.
   *
   * @param known null when any may be there
   */
  private Map<String, NodeTuple> fields(Node node, @Nullable Set<String> known) {
    Map<String, NodeTuple> fields = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem(node, "must be a mapping: NAME: VALUE");
      return fields;
    }
    Set<String> seen = new HashSet<>();
    for (NodeTuple field : mapping.getValue()) {
      String name = text(field.getKeyNode());
      if (known != null && !known.contains(name)) {
        problem(
            field.getKeyNode(), "'%s' is not known; there are %s".formatted(name, sorted(known)));
      } else if (!seen.add(name)) {
        problem(field.getKeyNode(), "'%s' stands there twice".formatted(name));
      } else {
        fields.put(name, field);
      }
    }
    return fields;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private List<Node> elements(Node node, String what) {
    if (node instanceof SequenceNode list) {
      return list.getValue();
    }
    problem(node, "must be " + what);
    return List.of();
  }

  private String text(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problem(node, "must be a text");
    return "";
  }

  private void problem(@Nullable Node at, String what) {
    int line = at == null ? 1 : at.getStartMark().getLine() + 1;
    problems.add("%s, line %d: %s".formatted(file, line, what));
  }
}
