"""The concept map as a graph, its layout and its drawing."""
