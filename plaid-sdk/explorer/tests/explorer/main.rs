//! The explorer as it is served: what it accepts, what it refuses, and the program around it.

mod accepted;
mod attacks;
mod emulator;
mod program;
