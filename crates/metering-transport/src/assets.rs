//! The files that pages of this server are made of. They are in the program: nothing comes from elsewhere.
//!
//! An address holds the hash of what is there, so that browsers keep it for good, and a new version
//! of the program has new addresses. What comes ready compressed (see `assets/swagger-ui/README.md`)
//! is kept so, and inflated for whoever does not read it.

use std::io::Read as _;
use std::sync::LazyLock;

use sha2::Digest as _;

/// A file.
#[derive(Debug)]
pub(crate) struct Asset {
    /// What it is called.
    pub(crate) name: &'static str,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// As it is kept.
    pub(crate) kept: Kept,
    /// The first digits of the hash of what is kept.
    pub(crate) hash: String,
}

/// How a file is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kept {
    /// As it is.
    Plain(&'static [u8]),
    /// Compressed by brotli.
    Brotli(&'static [u8]),
}

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let asset = |name, media_type, kept| {
        let (Kept::Plain(bytes) | Kept::Brotli(bytes)) = kept;
        let hash = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(bytes)[..8]);
        Asset { name, media_type, kept, hash }
    };
    vec![
        asset("icon.svg", "image/svg+xml", Kept::Plain(include_bytes!("../assets/icon.svg"))),
        asset("style.css", STYLE, Kept::Plain(include_bytes!("../assets/style.css"))),
        asset("docs.css", STYLE, Kept::Plain(include_bytes!("../assets/docs.css"))),
        asset("docs.js", SCRIPT, Kept::Plain(include_bytes!("../assets/docs.js"))),
        asset("swagger-ui.css", STYLE, Kept::Brotli(include_bytes!("../assets/swagger-ui/swagger-ui.css.br"))),
        asset("swagger-ui.js", SCRIPT, Kept::Brotli(include_bytes!("../assets/swagger-ui/swagger-ui-bundle.js.br"))),
    ]
});

impl Asset {
    /// Its path.
    pub(crate) fn address(&self) -> String {
        format!("/docs/{}-{}", self.hash, self.name)
    }

    /// What it is, inflated.
    pub(crate) fn inflated(&self) -> std::io::Result<Vec<u8>> {
        match self.kept {
            Kept::Plain(bytes) => Ok(bytes.to_vec()),
            Kept::Brotli(bytes) => {
                let mut inflated = Vec::new();
                brotli::Decompressor::new(bytes, 4_096).read_to_end(&mut inflated)?;
                Ok(inflated)
            }
        }
    }
}

/// All of them.
pub(crate) fn all() -> &'static [Asset] {
    &ASSETS
}

/// The path of the file called so; one that there is none of has none.
pub(crate) fn address(name: &str) -> String {
    ASSETS.iter().find(|it| it.name == name).map(Asset::address).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// They are what was published, and nothing else: a change to one is a change to this table.
    #[test]
    fn what_is_not_ours_is_as_it_was_published() {
        for (name, published) in [
            ("swagger-ui.js", "e6a898692f2d768e807c3ba4626068a69a2c5dd960dd6c76f3e4d3a3de180af2"),
            ("swagger-ui.css", "5ed08757e53da3e026d6cbecc61fe5d43585c9560b302d534ad56692519a273d"),
        ] {
            let asset = all().iter().find(|it| it.name == name).unwrap();
            let hash = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(asset.inflated().unwrap()));
            assert_eq!(hash, published, "{name}");
        }
    }

    #[test]
    fn an_address_changes_with_what_is_there() {
        let addresses: std::collections::BTreeSet<String> = all().iter().map(Asset::address).collect();
        assert_eq!(addresses.len(), all().len());
        assert!(address("docs.js").starts_with("/docs/") && address("docs.js").ends_with("-docs.js"));
        assert_eq!(address("nothing"), "");
    }
}
