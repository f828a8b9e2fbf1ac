//! The words of the product as types; no input or output.
