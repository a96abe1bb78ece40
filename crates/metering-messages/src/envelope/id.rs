//! `ID`: an object by what it is called.

/// What kind of text an [`Id`] is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum IdKind {
    /// A name.
    Name,
    /// An mRID, which the standard wants to be a UUID.
    #[default]
    Uuid,
    /// The id of a request.
    Transaction,
    /// Any other.
    Other,
}

impl IdKind {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Name, Self::Uuid, Self::Transaction, Self::Other];

    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Uuid => "uuid",
            Self::Transaction => "transaction",
            Self::Other => "other",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.as_str() == word)
    }
}

/// What an object is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Id {
    /// The id or name.
    pub value: String,
    /// What kind of text it is; `None` where nothing is said, which means an mRID.
    pub kind: Option<IdKind>,
    /// What kind of name.
    pub id_type: Option<String>,
    /// Who gives names of that kind.
    pub authority: Option<String>,
    /// What kind of object.
    pub object_type: Option<String>,
}

impl Id {
    /// The mRID of an object of this kind.
    #[must_use]
    pub fn mrid(value: impl Into<String>, object_type: &str) -> Self {
        Self { value: value.into(), object_type: Some(object_type.to_owned()), ..Self::default() }
    }
}
