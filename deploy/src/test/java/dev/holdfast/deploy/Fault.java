package dev.holdfast.deploy;

import dev.holdfast.deploy.cluster.NodeContainer;

/** What happens to a node, and how it comes back. */
enum Fault {
  KILL {
    @Override
    void strike(NodeContainer node) {
      node.killHard();
    }

    @Override
    void mend(NodeContainer node) {
      node.startAgain();
    }
  },
  CUT_OFF {
    @Override
    void strike(NodeContainer node) {
      node.cutOff();
    }

    @Override
    void mend(NodeContainer node) {
      node.heal();
    }
  },
  PAUSE {
    @Override
    void strike(NodeContainer node) {
      node.pause();
    }

    @Override
    void mend(NodeContainer node) {
      node.unpause();
    }
  };

  abstract void strike(NodeContainer node);

  abstract void mend(NodeContainer node);
}
