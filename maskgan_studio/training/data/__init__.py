"""From folders to batches: what is checked, labelled, decoded, augmented and in which order it is seen."""
