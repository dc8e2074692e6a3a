"""The page room: hostile bytes into a page with its blocks, its comments, its day and its repairs."""

from marsad.page.read import read_page

__all__ = ["read_page"]
