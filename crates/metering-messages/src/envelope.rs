//! What IEC 61968-100 puts around a message, so far as it is known here: the codes of a reply.

pub mod reply_code;

pub use reply_code::{ReplyCategory, ReplyCode, ReplyCodeError};
