//! Settings, key bindings and theme as plain data.
