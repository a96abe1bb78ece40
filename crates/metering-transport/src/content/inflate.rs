//! Compressed bodies, inflated within bounds.

use std::io::{Error, ErrorKind, Read};

use actix_web::http::header::{CONTENT_ENCODING, HeaderMap};

use super::too_large;
use crate::admission::Share;
use crate::problem::{Kind, Problem};

/// Bytes inflated before the bounds are looked at again.
const STEP: usize = 64 << 10;

/// The first seven bits of a brotli stream with a window of up to a gigabyte. RFC 7932 reserves them;
/// the library reads such streams all the same, and takes that gigabyte at once.
const LARGE_WINDOW: u8 = 0x11;

/// The largest window of a zstd frame, as a power of two: 8 MiB, what RFC 8878 recommends.
const ZSTD_WINDOW: u32 = 23;

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Gzip,
    Zstd,
    Brotli,
}

impl Coding {
    /// The coding the head names; `None` for a body as it is.
    pub(super) fn of(headers: &HeaderMap) -> Result<Option<Self>, Problem> {
        let mut values = headers.get_all(CONTENT_ENCODING);
        let Some(value) = values.next() else { return Ok(None) };
        let text = value.to_str().unwrap_or_default().trim().to_ascii_lowercase();
        if values.next().is_some() || text.contains(',') {
            return Err(Problem::unsupported_coding("a body is compressed once, not several times".into()));
        }
        match text.as_str() {
            "" | "identity" => Ok(None),
            "gzip" | "x-gzip" => Ok(Some(Self::Gzip)),
            "zstd" => Ok(Some(Self::Zstd)),
            "br" => Ok(Some(Self::Brotli)),
            _ => Err(Problem::unsupported_coding("a body may be compressed by gzip, zstd or br".into())),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Brotli => "br",
        }
    }
}

/// Inflates `wire`, at most `limit` bytes of it, and takes room for them in `share` as they come:
/// a bomb ends at the limit, with no more memory than that.
pub(super) fn inflate(coding: Coding, wire: &[u8], limit: usize, share: &mut Share) -> Result<Vec<u8>, Problem> {
    let broken = |error: Error| {
        let reason = match error.kind() {
            ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
            _ => error.to_string(),
        };
        Problem::new(Kind::Malformed, format!("the body is not {}: {reason}", coding.name()))
    };
    let mut reader: Box<dyn Read + '_> = match coding {
        Coding::Gzip => Box::new(flate2::read::MultiGzDecoder::new(wire)),
        Coding::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(wire).map_err(broken)?;
            decoder.window_log_max(ZSTD_WINDOW).map_err(broken)?;
            Box::new(decoder)
        }
        Coding::Brotli if wire.first().is_some_and(|it| it & 0x7f == LARGE_WINDOW) => {
            let detail = "the body is brotli with a large window, which the content coding `br` does not have";
            return Err(Problem::new(Kind::Malformed, detail));
        }
        Coding::Brotli => Box::new(brotli::Decompressor::new(wire, STEP)),
    };
    let mut out = Vec::new();
    loop {
        let before = out.len();
        let read = reader.by_ref().take(STEP as u64).read_to_end(&mut out).map_err(broken)?;
        if out.len() > limit {
            return Err(too_large(limit, "inflated"));
        }
        if read == 0 {
            return Ok(out);
        }
        if !share.grow(out.len() - before) {
            return Err(Problem::busy("too many bodies are being read"));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use actix_web::http::header::HeaderValue;

    use super::*;
    use crate::admission::BytesInFlight;

    fn compressed(coding: Coding, bytes: &[u8]) -> Vec<u8> {
        match coding {
            Coding::Gzip => {
                let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                out.write_all(bytes).unwrap();
                out.finish().unwrap()
            }
            Coding::Zstd => zstd::encode_all(bytes, 3).unwrap(),
            Coding::Brotli => {
                let mut out = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
                out.write_all(bytes).unwrap();
                out.into_inner()
            }
        }
    }

    const ALL: [Coding; 3] = [Coding::Gzip, Coding::Zstd, Coding::Brotli];

    #[test]
    fn each_coding_gives_back_what_went_in() {
        let bytes: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
        for coding in ALL {
            let mut share = BytesInFlight::new(usize::MAX).share();
            assert_eq!(inflate(coding, &compressed(coding, &bytes), 2 << 20, &mut share).unwrap(), bytes, "{coding:?}");
        }
    }

    #[test]
    fn a_bomb_ends_at_the_limit_and_a_full_server_says_so() {
        let bomb = vec![0; 8 << 20];
        for coding in ALL {
            let bomb = compressed(coding, &bomb);
            let in_flight = BytesInFlight::new(2 << 20);
            let kind = |limit| inflate(coding, &bomb, limit, &mut in_flight.share()).unwrap_err().kind();
            assert_eq!(kind(1 << 20), Kind::TooLarge, "{coding:?}");
            assert_eq!(kind(4 << 20), Kind::Unavailable, "{coding:?}");
            assert_eq!(in_flight.used(), 0);
        }
    }

    /// A thousand bytes of it would take a gigabyte before the first byte comes out.
    #[test]
    fn brotli_with_a_large_window_is_refused_before_it_is_read() {
        let parameters = brotli::enc::BrotliEncoderParams {
            lgwin: 30,
            large_window: true,
            ..brotli::enc::BrotliEncoderParams::default()
        };
        let mut large = Vec::new();
        brotli::BrotliCompress(&mut [b' '; 4096].as_slice(), &mut large, &parameters).unwrap();
        assert_eq!(large[0] & 0x7f, LARGE_WINDOW);
        let mut share = BytesInFlight::new(1 << 20).share();
        assert_eq!(inflate(Coding::Brotli, &large, 1 << 20, &mut share).unwrap_err().kind(), Kind::Malformed);
    }

    #[test]
    fn broken_and_cut_streams_are_malformed() {
        for coding in ALL {
            let good = compressed(coding, b"{\"readings\":[]}");
            for broken in [b"this is not compressed".as_slice(), &good[..good.len() - 3]] {
                let mut share = BytesInFlight::new(1 << 20).share();
                assert_eq!(
                    inflate(coding, broken, 1 << 20, &mut share).unwrap_err().kind(),
                    Kind::Malformed,
                    "{coding:?}"
                );
            }
        }
    }

    #[test]
    fn unknown_and_stacked_codings_are_refused_with_those_there_are() {
        let of = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            values.iter().for_each(|it| headers.append(CONTENT_ENCODING, HeaderValue::from_static(it)));
            Coding::of(&headers)
        };
        assert_eq!(of(&[]).unwrap(), None);
        assert_eq!(of(&["identity"]).unwrap(), None);
        assert_eq!(of(&["GZIP"]).unwrap(), Some(Coding::Gzip));
        for values in [&["rot13"][..], &["gzip, gzip"], &["gzip", "gzip"], &["deflate"]] {
            let response = actix_web::ResponseError::error_response(&of(values).unwrap_err());
            assert_eq!(response.status(), 415);
            assert_eq!(response.headers().get("accept-encoding").unwrap(), "gzip, zstd, br");
        }
    }
}
