//! The macro for the standard's enumerations of words: one table, and everything else follows.

macro_rules! word_list {
    ($(#[$meaning:meta])* pub enum $Name:ident { $( $(#[$of:meta])+ $Variant:ident = $word:literal, )+ }) => {
        $(#[$meaning])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $( $(#[$of])+ $Variant, )+ }

        impl $Name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];
            /// Every word, in the order of [`Self::ALL`].
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word as it goes over the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = crate::configuration::UnknownConfigurationWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$Variant),)+
                    _ => Err(crate::configuration::UnknownConfigurationWord {
                        word: crate::Excerpt(word).to_string(),
                        known: Self::WORDS,
                    }),
                }
            }
        }

        crate::as_text::as_text!($Name);
        crate::configuration::class::no_text!($Name);
    };
}

pub(crate) use word_list;
