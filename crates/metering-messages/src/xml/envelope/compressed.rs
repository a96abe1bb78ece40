//! `Compressed`: a payload as gzip in base64.

use std::io::{Read as _, Write as _};

use data_encoding::BASE64;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;

use crate::envelope::{Refusal, ReplyCode};

/// What was compressed; not more of it than `most` bytes are ever in memory.
pub(super) fn inflate(text: &str, most: usize) -> Result<Vec<u8>, Refusal> {
    let broken = |what: &str| Refusal {
        xpath: Some("/*/e:Payload/e:Compressed".to_owned()),
        ..Refusal::new(ReplyCode::AGAINST_SCHEMA, format!("`Compressed` is {what}"))
    };
    let plain: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).collect();
    let bytes = BASE64.decode(&plain).map_err(|error| broken(&format!("not base64: {error}")))?;
    let mut decoder = GzDecoder::new(bytes.as_slice());
    let mut inflated = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    (&mut decoder).take(limit).read_to_end(&mut inflated).map_err(|error| broken(&format!("not gzip: {error}")))?;
    if inflated.len() > most {
        let detail = format!("`Compressed` becomes more than {most} bytes; send it in several messages");
        return Err(Refusal { code: ReplyCode::TOO_MANY_ITEMS, detail, ..broken("") });
    }
    if !decoder.into_inner().is_empty() {
        return Err(broken("gzip with something behind it"));
    }
    Ok(inflated)
}

/// The text that stands for `bytes`.
pub(super) fn deflate(bytes: &[u8]) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let compressed = encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default();
    BASE64.encode(&compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compressed_comes_back_within_its_bound() {
        let text = deflate(b"<x/>");
        assert_eq!(inflate(&text, 4).unwrap(), b"<x/>");
        let spaced: String = text.chars().flat_map(|it| [it, '\n', ' ']).collect();
        assert_eq!(inflate(&spaced, 4).unwrap(), b"<x/>");
        let refused = |text: &str, most| inflate(text, most).unwrap_err().to_string();
        assert_eq!(refused(&text, 3), "3.1: `Compressed` becomes more than 3 bytes; send it in several messages");
        for rubbish in ["", "%%%%", "AAAA", "H4sI", text.get(..text.len() - 4).unwrap(), "="] {
            let told = refused(rubbish, 9);
            assert!(told.starts_with("1.8: `Compressed` is not "), "{rubbish:?}: {told}");
        }
        let bytes = BASE64.decode(text.as_bytes()).unwrap();
        let behind = BASE64.encode(&[bytes.as_slice(), b"more"].concat());
        assert!(refused(&behind, 9).contains("something behind it"), "{}", refused(&behind, 9));
    }

    #[test]
    fn a_bomb_is_refused_at_the_bound() {
        let bomb = deflate(&vec![b' '; 32 << 20]);
        assert!(bomb.len() < 64 << 10);
        assert_eq!(inflate(&bomb, 1 << 20).unwrap_err().code, ReplyCode::TOO_MANY_ITEMS);
    }
}
