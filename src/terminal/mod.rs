//! The terminal front end: guard, input, worker, loop.
