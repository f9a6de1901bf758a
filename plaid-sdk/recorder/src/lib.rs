#![doc = include_str!("../README.md")]

mod call;
mod cassette;
mod differences;
mod error;
mod forms;
mod matching;
mod operation;
mod placeholders;
mod read;
mod recorder;
mod redaction;
mod replayer;

pub use self::error::CassetteError;
pub use self::recorder::{Recorder, Recording};
pub use self::replayer::Replayer;
