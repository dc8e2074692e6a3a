"""One file for each screen: a view (what is shown) and its addresses."""
