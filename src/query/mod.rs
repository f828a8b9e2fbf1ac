//! The filter language: syntax tree, parser, printer, completion.
