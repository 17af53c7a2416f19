//! `briefing.toml` in, a checked configuration out.

mod channels;

pub use channels::{Channel, Form, Mail, Target, Tls};
