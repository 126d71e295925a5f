"""From a run to a set of weights with its model card and portraits."""
