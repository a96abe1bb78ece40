//! Which namespaces the standard's messages are in. Editions and senders differ, so it is a setting.

use metering_model::Excerpt;
use thiserror::Error;

/// The namespace of what the standard does not have and this server says: receipts, and lists of
/// what is stored with what the server knows about it.
pub const OWN: &str = "urn:metering-data-exchange:2";

/// The namespace of problems, that of RFC 9457.
pub const PROBLEM: &str = "urn:ietf:rfc:7807";

/// The namespace of `xsi:nil`, `xsi:type` and the places of schemas.
const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The namespace of the prefix `xml`, which nobody has to declare.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The namespace of the prefix `xmlns`, which nobody may use.
pub(super) const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// What stands for the noun of the message in a namespace.
const NOUN: &str = "{noun}";

/// The namespaces of the standard's messages: those that are read, and the one that is written.
///
/// Each is a text in which `{noun}` stands for the name of the message. The default is that of
/// Edition 2 (2013); its form with `www.`, which drafts have, is read as well.
///
/// ```
/// use metering_messages::xml::Namespaces;
///
/// let namespaces = Namespaces::default();
/// assert_eq!(namespaces.written("MeterReadings"), "http://iec.ch/TC57/2011/MeterReadings#");
///
/// let third = Namespaces::new(["http://iec.ch/TC57/2024/{noun}#", "http://iec.ch/TC57/2011/{noun}#"])?;
/// assert_eq!(third.written("MeterConfig"), "http://iec.ch/TC57/2024/MeterConfig#");
/// # Ok::<(), metering_messages::xml::NamespacesError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespaces {
    /// The first is written.
    forms: Vec<String>,
    /// What is declared around the message: prefixes, and what they stand for.
    around: Vec<(String, String)>,
}

/// Why a list of texts is no setting of namespaces.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NamespacesError {
    /// Nothing to write.
    #[error("at least one namespace is needed, the one to write")]
    None,
    /// A text that is no namespace.
    #[error("`{0}` is no namespace: no blanks, quotes, `<`, `>` or `&`, and not one that XML has for itself")]
    NotANamespace(String),
}

/// What a namespace is to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// None.
    None,
    /// The message's, in the form that is written.
    Message,
    /// The message's, in another form that is read.
    OtherForm,
    /// That of `xsi:nil` and the like.
    SchemaInstance,
    /// That of `xml:lang` and the like.
    Xml,
    /// Any other.
    Foreign,
}

impl Namespaces {
    /// Namespaces to read, of which the first is written.
    ///
    /// # Errors
    /// [`NamespacesError`] for an empty list and for what is no namespace.
    pub fn new<T: Into<String>>(forms: impl IntoIterator<Item = T>) -> Result<Self, NamespacesError> {
        let forms: Vec<String> = forms.into_iter().map(Into::into).collect();
        if forms.is_empty() {
            return Err(NamespacesError::None);
        }
        for form in &forms {
            let odd = |it: char| it.is_whitespace() || it.is_control() || matches!(it, '"' | '\'' | '<' | '>' | '&');
            if form.is_empty()
                || form.contains(odd)
                || [OWN, PROBLEM, SCHEMA_INSTANCE, XML, XMLNS].contains(&form.as_str())
            {
                return Err(NamespacesError::NotANamespace(Excerpt(form).to_string()));
            }
        }
        Ok(Self { forms, around: Vec::new() })
    }

    /// Of what the standard does not have and this server reads.
    pub(super) fn own() -> Self {
        Self { forms: vec![OWN.to_owned()], around: Vec::new() }
    }

    /// The namespace in which a message of this noun is written.
    #[must_use]
    pub fn written(&self, noun: &str) -> String {
        self.forms.first().map(|form| form.replace(NOUN, noun)).unwrap_or_default()
    }

    /// Every namespace in which a message of this noun is read.
    pub fn read<'s>(&'s self, noun: &'s str) -> impl Iterator<Item = String> + 's {
        self.forms.iter().map(move |form| form.replace(NOUN, noun))
    }

    /// Whether messages of some noun are read in this namespace.
    ///
    /// ```
    /// let namespaces = metering_messages::xml::Namespaces::default();
    /// assert!(namespaces.has("http://iec.ch/TC57/2011/MeterConfig#"));
    /// assert!(!namespaces.has("http://iec.ch/TC57/2011/Pancakes#"));
    /// ```
    #[must_use]
    pub fn has(&self, uri: &str) -> bool {
        super::places::nouns().any(|noun| self.read(noun).any(|it| it == uri))
    }

    /// The same for a message that stands in another document, where this is declared around it.
    pub(super) fn within(&self, around: &[(String, String)]) -> Self {
        Self { forms: self.forms.clone(), around: around.to_vec() }
    }

    /// The same with further forms, which are read.
    pub(super) fn and(&self, others: &Self) -> Self {
        Self { forms: self.forms.iter().chain(&others.forms).cloned().collect(), around: self.around.clone() }
    }

    /// What is declared around the message.
    pub(super) fn around(&self) -> &[(String, String)] {
        &self.around
    }

    /// What `uri` is to a message of this noun.
    pub(super) fn kind(&self, noun: &str, uri: &str) -> Kind {
        let is = |form: &String| match form.split_once(NOUN) {
            None => form == uri,
            Some((before, behind)) if !behind.contains(NOUN) => {
                uri.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind)) == Some(noun)
            }
            Some(_) => form.replace(NOUN, noun) == uri,
        };
        match self.forms.iter().position(is) {
            Some(0) => Kind::Message,
            Some(_) => Kind::OtherForm,
            None => match uri {
                "" => Kind::None,
                SCHEMA_INSTANCE => Kind::SchemaInstance,
                XML => Kind::Xml,
                _ => Kind::Foreign,
            },
        }
    }
}

impl Default for Namespaces {
    fn default() -> Self {
        let forms = ["http://iec.ch/TC57/2011/{noun}#", "http://www.iec.ch/TC57/2011/{noun}#"];
        Self { forms: forms.map(str::to_owned).into(), around: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_known_for_its_noun_only() {
        let namespaces = Namespaces::default();
        let kind = |uri| namespaces.kind("MeterReadings", uri);
        assert_eq!(kind("http://iec.ch/TC57/2011/MeterReadings#"), Kind::Message);
        assert_eq!(kind("http://www.iec.ch/TC57/2011/MeterReadings#"), Kind::OtherForm);
        for foreign in [
            "http://iec.ch/TC57/2011/MeterReadings",
            "http://iec.ch/TC57/2011/MeterConfig#",
            "http://iec.ch/TC57/2011/#",
            "http://iec.ch/TC57/2011/MeterReadingsMeterReadings#",
            "HTTP://iec.ch/TC57/2011/MeterReadings#",
        ] {
            assert_eq!(kind(foreign), Kind::Foreign, "{foreign}");
        }
        assert_eq!((kind(""), kind(SCHEMA_INSTANCE), kind(XML)), (Kind::None, Kind::SchemaInstance, Kind::Xml));
        let twice = Namespaces::new(["a/{noun}/{noun}", "b"]).unwrap();
        assert_eq!((twice.kind("X", "a/X/X"), twice.kind("X", "b")), (Kind::Message, Kind::OtherForm));
        assert_eq!(twice.read("X").collect::<Vec<_>>(), ["a/X/X", "b"]);
    }

    #[test]
    fn what_is_no_namespace_is_no_setting() {
        assert_eq!(Namespaces::new([""; 0]), Err(NamespacesError::None));
        for odd in ["", "a b", "a\"b", "a<b", "a&b", OWN, XML, SCHEMA_INSTANCE] {
            assert!(matches!(Namespaces::new(["x", odd]), Err(NamespacesError::NotANamespace(_))), "{odd:?}");
        }
    }
}
