"""Marsad reads Arabic conflict news into a sourced record."""
