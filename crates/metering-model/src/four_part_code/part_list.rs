//! The list of one part: a code list whose rows also say what the standard calls the code.

/// Makes a code list with the names of the standard: `NAME = code, "NameInTheList", "our words";`
///
/// Further names of the same code follow a `|`; a row that ends in `unconfirmed` is known from one
/// source only.
macro_rules! part_list {
    (
        $(#[$about:meta])*
        pub struct $List:ident;
        $( $CONSTANT:ident = $code:literal, $standard:literal $(| $other:literal)*, $name:literal $(, $unconfirmed:ident)?; )*
    ) => {
        crate::code_list::code_list! {
            $(#[$about])*
            pub struct $List(u16);
            $(
                #[doc = concat!("`", $standard, "`: ", $name, ".")]
                $CONSTANT = $code, $name $(, $unconfirmed)?;
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

pub(crate) use part_list;
