//! The server's own answers: what is said in JSON, said in XML.
//!
//! There is one shape of each answer and two notations of it. Members become elements of the same
//! names; `null` becomes nothing; the entries of a list stand in an element called like the list,
//! each called by the singular (`<errors><error>`), where the list is called by a plural, and else
//! repeat (`quality`); an object of any names becomes pairs (`<details><detail><name>`). Numbers
//! keep their digits.

use std::borrow::Cow;
use std::fmt;

use ::xml::EmitterConfig;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{Error as _, SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use serde_xml_rs::SerdeXml;

use super::lexical;
use super::namespaces::{OWN, PROBLEM};

/// Appends an answer in our own namespace as the element `root`; `json` is the answer in JSON, an
/// object.
///
/// ```
/// use metering_messages::xml;
///
/// let mut out = Vec::new();
/// xml::answer("page", br#"{"controls":[{"id":"c-1","controlValue":50.0}],"next":null}"#, &mut out);
/// assert_eq!(
///     String::from_utf8(out)?,
///     "<?xml version=\"1.0\" encoding=\"UTF-8\"?><page xmlns=\"urn:metering-data-exchange:2\"><controls>\
///      <control><id>c-1</id><controlValue>50.0</controlValue></control></controls></page>"
/// );
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
pub fn answer(root: &'static str, json: &[u8], out: &mut Vec<u8>) {
    write(root, OWN, Entries::Singular, json, out);
}

/// Appends a problem as RFC 9457 has it in XML; `json` is the problem in JSON.
pub(super) fn problem(json: &[u8], out: &mut Vec<u8>) {
    write("problem", PROBLEM, Entries::Called("i"), json, out);
}

fn write(root: &'static str, namespace: &str, entries: Entries, json: &[u8], out: &mut Vec<u8>) {
    let emitter = EmitterConfig::new().pad_self_closing(false);
    // It was written here, so it can be read and written.
    let text = serde_json::from_slice::<&RawValue>(json).ok().and_then(|raw| {
        let root = Root { name: root, content: Value { name: "", raw, entries } };
        SerdeXml::new().emitter(emitter).default_namespace(namespace).to_string(&root).ok()
    });
    super::structure::append(&text.unwrap_or_default(), out);
}

/// What the entries of a list are called.
#[derive(Debug, Clone, Copy)]
enum Entries {
    /// By the singular of the list's name.
    Singular,
    /// All so.
    Called(&'static str),
}

struct Root<'a> {
    name: &'static str,
    content: Value<'a>,
}

impl Serialize for Root<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut root = serializer.serialize_struct(self.name, 1)?;
        root.serialize_field("#content", &self.content)?;
        root.end()
    }
}

/// A value, and the name of the member that it is.
#[derive(Clone, Copy)]
struct Value<'a> {
    name: &'a str,
    raw: &'a RawValue,
    entries: Entries,
}

impl<'a> Value<'a> {
    /// The name of one entry of the list that this is; none where entries repeat the list's name.
    fn entry(&self) -> Option<&'a str> {
        match self.entries {
            Entries::Called(name) => Some(name),
            Entries::Singular => self.name.strip_suffix('s').filter(|_| self.name != "series"),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { name, raw, entries } = *self;
        match raw.get().as_bytes().first() {
            Some(b'{') => {
                let Members(members) = serde_json::from_str(raw.get()).map_err(S::Error::custom)?;
                if name == "details" {
                    return pairs(&members, serializer);
                }
                let mut map = serializer.serialize_map(None)?;
                for (name, raw) in &members {
                    if raw.get() != "null" {
                        map.serialize_entry(name, &Value { name, raw, entries })?;
                    }
                }
                map.end()
            }
            Some(b'[') => {
                let list: Vec<&RawValue> = serde_json::from_str(raw.get()).map_err(S::Error::custom)?;
                let list: Vec<Value<'_>> = list.into_iter().map(|raw| Value { name: "", raw, entries }).collect();
                match self.entry() {
                    Some(entry) => {
                        let mut map = serializer.serialize_map(None)?;
                        map.serialize_entry(entry, &list)?;
                        map.end()
                    }
                    None => {
                        let mut seq = serializer.serialize_seq(None)?;
                        for value in &list {
                            seq.serialize_element(value)?;
                        }
                        seq.end()
                    }
                }
            }
            Some(b'"') => {
                let text: Cow<'_, str> = serde_json::from_str(raw.get()).map_err(S::Error::custom)?;
                serializer.serialize_str(&lexical::carried(&text).0)
            }
            _ => serializer.serialize_str(raw.get()),
        }
    }
}

/// An object of any names: `<detail><name>..</name><value>..</value></detail>`.
fn pairs<S: Serializer>(members: &[(Cow<'_, str>, &RawValue)], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Pair<'a> {
        name: Cow<'a, str>,
        value: Value<'a>,
    }
    let pairs: Vec<Pair<'_>> = members
        .iter()
        .map(|(name, raw)| Pair {
            name: lexical::carried(name).0,
            value: Value { name: "", raw, entries: Entries::Singular },
        })
        .collect();
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("detail", &pairs)?;
    map.end()
}

/// The members of an object in their order.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(json: &str) -> String {
        let mut out = Vec::new();
        answer("a", json.as_bytes(), &mut out);
        let text = String::from_utf8(out).unwrap();
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a xmlns=\"urn:metering-data-exchange:2\"";
        text.strip_prefix(head).unwrap_or_else(|| panic!("{text}")).to_owned()
    }

    #[test]
    fn members_lists_and_pairs_become_elements() {
        for (json, xml) in [
            ("{}", "/>"),
            (
                r#"{"b":1.50,"c":null,"d":true,"e":"x<&\ry\u0001"}"#,
                "><b>1.50</b><d>true</d><e>x&lt;&amp;&#13;y\u{fffd}</e></a>",
            ),
            (
                r#"{"errors":[{"code":"x"},{"code":"y"}]}"#,
                "><errors><error><code>x</code></error><error><code>y</code></error></errors></a>",
            ),
            (
                r#"{"deviceIds":["a","b"],"quality":["c","d"],"series":[{"n":1}]}"#,
                "><deviceIds><deviceId>a</deviceId><deviceId>b</deviceId></deviceIds><quality>c</quality><quality>d</quality><series><n>1</n></series></a>",
            ),
            (
                r#"{"details":{"a b":"1","<":"2"}}"#,
                "><details><detail><name>a b</name><value>1</value></detail><detail><name>&lt;</name><value>2</value></detail></details></a>",
            ),
            (r#"{"errors":[],"details":{}}"#, "><errors/><details/></a>"),
        ] {
            assert_eq!(said(json), xml);
        }
    }
}
