package dev.holdfast.cli.drill.check;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Splits calls into groups that have nothing to do with each other: two calls are in one group when
 * they name the same item or reservation, or others link them. A history is linearizable when each
 * group is.
 */
final class Keys {
  private final Map<String, String> parents = new HashMap<>();

  private Keys() {}

  static Collection<List<Attempted>> split(List<Attempted> attempted) {
    Keys keys = new Keys();
    Set<String> freezable = new HashSet<>();
    for (Attempted each : attempted) {
      if (each.call().request() instanceof SetStoreFrozenRequest freeze) {
        freezable.add(freeze.getStore());
      }
    }
    Map<Attempted, String> firsts = new HashMap<>();
    for (Attempted each : attempted) {
      Message request = each.call().request();
      String store = Fields.store(request);
      List<String> names = new ArrayList<>();
      if (freezable.contains(store)) {
        names.add(store);
      }
      names.addAll(names(request));
      names.forEach(name -> keys.link(store + "\0" + names.get(0), store + "\0" + name));
      firsts.put(each, store + "\0" + names.get(0));
    }
    Map<String, List<Attempted>> groups = new HashMap<>();
    for (Attempted each : attempted) {
      groups
          .computeIfAbsent(keys.root(firsts.getOrDefault(each, "")), first -> new ArrayList<>())
          .add(each);
    }
    return groups.values();
  }

  /** SKUs and reservations anywhere in a request; no SKU is a reservation. */
  static List<String> names(Message request) {
    List<String> names = new ArrayList<>();
    addNames(request, names);
    return names;
  }

  private static void addNames(Message message, List<String> names) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                for (Object each : field.isRepeated() ? (List<?>) value : List.of(value)) {
                  addNames((Message) each, names);
                }
              } else if (field.getName().equals("sku")) {
                names.add("sku " + value);
              } else if (field.getName().equals("reservation_id")) {
                names.add("reservation " + value);
              }
            });
  }

  private void link(String one, String other) {
    parents.put(root(one), root(other));
  }

  private String root(String name) {
    String parent = parents.getOrDefault(name, name);
    return parent.equals(name) ? name : root(parent);
  }
}
