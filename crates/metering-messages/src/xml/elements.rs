//! The classes that several messages have in them.

use super::schema::Content::{DateTime, Integer, Of, String as Text};
use super::schema::elements;

elements! {
    /// Who gives names of a kind.
    pub(super) NameTypeAuthority = NAME_TYPE_AUTHORITY {
        "description" Optional Text;
        "name" Required Text => name: Option<String>;
    }
}

elements! {
    /// What kind of name.
    pub(super) NameType = NAME_TYPE {
        "description" Optional Text;
        "name" Required Text => name: Option<String>;
        "NameTypeAuthority" Optional Of(NAME_TYPE_AUTHORITY) => authority: Option<NameTypeAuthority>;
    }
}

elements! {
    /// A name.
    pub(super) Name = NAME {
        "name" Required Text => name: Option<String>;
        "NameType" Optional Of(NAME_TYPE) => name_type: Option<NameType>;
    }
}

elements! {
    /// Something that is named by its id or by its names.
    pub(super) Named = NAMED {
        "mRID" Optional Text => mrid: Option<String>;
        "Names" Many Of(NAME) => names: Vec<Name>;
    }
}

elements! {
    /// The state of something in the sender's words.
    pub(super) STATUS {
        "dateTime" Optional DateTime;
        "reason" Optional Text;
        "remark" Optional Text;
        "value" Optional Text;
    }
}

elements! {
    /// From when to when.
    pub(super) DateTimeInterval = DATE_TIME_INTERVAL {
        "end" Optional DateTime => end: Option<String>;
        "start" Optional DateTime => start: Option<String>;
    }
}

elements! {
    /// A fraction.
    pub(super) FRACTION {
        "denominator" Required Integer;
        "numerator" Required Integer;
    }
}

elements! {
    /// The definition of a reading type; it is referred to by its code, which says all of it.
    pub(super) READING_TYPE {
        "mRID" Optional Text;
        "accumulation" Optional Text;
        "aggregate" Optional Text;
        "commodity" Optional Text;
        "consumptionTier" Optional Integer;
        "cpp" Optional Integer;
        "currency" Optional Text;
        "flowDirection" Optional Text;
        "macroPeriod" Optional Text;
        "measurementKind" Optional Text;
        "measuringPeriod" Optional Text;
        "multiplier" Optional Text;
        "phases" Optional Text;
        "tou" Optional Integer;
        "unit" Optional Text;
        "argument" Optional Of(FRACTION);
        "interharmonic" Optional Of(FRACTION);
        "Names" OneOrMore Of(NAME);
    }
}

elements! {
    /// The definition of an event type or a control type.
    pub(super) FOUR_PART_TYPE {
        "mRID" Optional Text;
        "domain" Optional Text;
        "eventOrAction" Optional Text;
        "subDomain" Optional Text;
        "type" Optional Text;
        "Names" OneOrMore Of(NAME);
    }
}

/// The attribute `ref`, which is all there is in some elements.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Reference {
    #[serde(rename = "@ref", default, skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<String>,
}
