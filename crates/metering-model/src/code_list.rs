//! One table, one code list: everything about a list of codes is made from its rows.

/// Makes the type of one code list of the standard.
///
/// A code is its number and nothing else, so that there is one spelling of each value, an
/// unlisted code survives a round trip, and a list can grow without breaking anybody's match.
/// The rows become constants, [`LISTED`], and the names. A row that ends in `unconfirmed` is known
/// from one source only.
///
/// [`LISTED`]: crate::reading_type::MeasurementUnit::LISTED
macro_rules! code_list {
    (
        $(#[$about:meta])*
        pub struct $List:ident($repr:ty);
        $( $(#[$meaning:meta])* $CONSTANT:ident = $code:literal, $name:literal $(, $unconfirmed:ident)?; )*
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $List($repr);

        impl $List {
            $(
                $(#[$meaning])*
                $(
                    #[doc = ""]
                    #[doc = crate::code_list::code_list!(@says $unconfirmed)]
                )?
                pub const $CONSTANT: Self = Self($code);
            )*

            /// Every code of the list, in the order of the list.
            pub const LISTED: &'static [Self] = &[$(Self::$CONSTANT),*];

            /// The value with this code, listed or not.
            #[must_use]
            pub const fn from_code(code: $repr) -> Self {
                Self(code)
            }

            /// The number in the code.
            #[must_use]
            pub const fn code(self) -> $repr {
                self.0
            }

            /// What the list calls it; `None` for a code that is not listed.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $( $code => Some($name), )*
                    #[allow(unreachable_patterns, reason = "a full list covers its type")]
                    _ => None,
                }
            }

            /// Whether the code is in the list.
            #[must_use]
            pub const fn is_listed(self) -> bool {
                self.name().is_some()
            }

            /// Whether the code is in the list and known from more than one source.
            #[must_use]
            pub const fn is_confirmed(self) -> bool {
                match self.0 {
                    $( $code => crate::code_list::code_list!(@confirmed $($unconfirmed)?), )*
                    #[allow(unreachable_patterns, reason = "a full list covers its type")]
                    _ => false,
                }
            }
        }

        impl std::fmt::Debug for $List {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.name() {
                    Some(name) => write!(f, "{}({} {name})", stringify!($List), self.0),
                    None => write!(f, "{}({} unlisted)", stringify!($List), self.0),
                }
            }
        }

        impl std::fmt::Display for $List {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }
    };
    (@says unconfirmed) => { "Known from one source only, unconfirmed." };
    (@confirmed) => { true };
    (@confirmed unconfirmed) => { false };
}

pub(crate) use code_list;
