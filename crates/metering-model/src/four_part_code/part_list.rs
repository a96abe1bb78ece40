//! The list of one part: a code list whose rows also say what the standard calls the code.

/// Makes a code list with the names of the standard: `NAME = code, "NameInTheList", "our words";`
///
/// A row that more than one source attests ends in `confirmed`; what every other row's
/// documentation says follows from its absence. Further names of the same code follow a `|`.
macro_rules! part_list {
    (
        $(#[$about:meta])*
        pub struct $List:ident;
        $( $CONSTANT:ident = $code:literal, $standard:literal $(| $other:literal)*, $name:literal $(, $confirmed:ident)?; )*
    ) => {
        crate::code_list::code_list! {
            $(#[$about])*
            pub struct $List(u16);
            $(
                #[doc = concat!("`", $standard, "`: ", $name, ".", crate::four_part_code::part_list::sources!($($confirmed)?))]
                $CONSTANT = $code, $name;
            )*
        }

        impl $List {
            /// What the standard calls it, such as `ElectricMeter`; `None` for a code that is not listed.
            #[must_use]
            pub const fn standard_name(self) -> Option<&'static str> {
                match self.code() {
                    $( $code => Some($standard), )*
                    _ => None,
                }
            }

            /// The code that the standard calls so; upper and lower case count.
            #[must_use]
            pub fn from_standard_name(name: &str) -> Option<Self> {
                match name {
                    $( $standard $(| $other)* => Some(Self::$CONSTANT), )*
                    _ => None,
                }
            }
        }
    };
}

macro_rules! sources {
    () => {
        " Known from one source only, unconfirmed."
    };
    (confirmed) => {
        ""
    };
}

pub(crate) use {part_list, sources};
