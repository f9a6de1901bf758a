// What pages of the explorer do.
