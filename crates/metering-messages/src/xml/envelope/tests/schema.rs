//! The schema that is served says what the tables say, and what is written is valid by it.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::table;
use super::*;
use crate::soap::SCHEMAS;
use crate::xml::schema::{Content, Element, Occurs};

/// The types of a schema: name, and of each element in it the name, its least and its most number.
fn types(schema: &str) -> BTreeMap<String, Vec<(String, String)>> {
    let mut types: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let (mut reader, mut open, mut choice) = (Reader::from_str(schema), String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let attribute = |name: &str| {
                    tag.attributes()
                        .map(Result::unwrap)
                        .find(|it| it.key.as_ref() == name)
                        .map(|it| it.value.into_owned())
                };
                match tag.name().as_ref() {
                    "xs:complexType" => open = attribute("name").unwrap(),
                    "xs:choice" => choice = true,
                    "xs:element" | "xs:any" if !open.is_empty() => {
                        let name = attribute("name").unwrap_or_else(|| "*".to_owned());
                        let least =
                            if choice { "0".to_owned() } else { attribute("minOccurs").unwrap_or("1".to_owned()) };
                        let most = attribute("maxOccurs").unwrap_or("1".to_owned());
                        types.entry(open.clone()).or_default().push((name, format!("{least}..{most}")));
                    }
                    _ => {}
                }
            }
            Event::End(tag) => match tag.name().as_ref() {
                "xs:complexType" => open.clear(),
                "xs:choice" => choice = false,
                _ => {}
            },
            Event::Eof => return types,
            _ => {}
        }
    }
}

#[test]
fn the_schema_says_what_the_tables_say() {
    let types = types(SCHEMAS[0].1);
    let tables: [(&str, &[Element]); 17] = [
        ("RequestMessageType", table::REQUEST_MESSAGE),
        ("ResponseMessageType", table::RESPONSE_MESSAGE),
        ("EventMessageType", table::EVENT_MESSAGE),
        ("FaultMessageType", table::FAULT_MESSAGE),
        ("HeaderType", table::HEADER),
        ("ReplayDetectionType", table::REPLAY_DETECTION),
        ("UserType", table::USER),
        ("PropertyType", table::PROPERTY),
        ("RequestType", table::REQUEST),
        ("OptionType", table::OPTION),
        ("ReplyType", table::REPLY),
        ("ErrorType", table::ERROR),
        ("LocationType", table::LOCATION),
        ("ObjectType", table::OBJECT),
        ("PayloadType", table::PAYLOAD),
        ("OperationSetType", table::OPERATION_SET),
        ("OperationType", table::OPERATION),
    ];
    for (name, table) in tables {
        let rows: Vec<_> = table
            .iter()
            .map(|Element { name: element, occurs, .. }| {
                let occurs = match occurs {
                    Occurs::Many => "0..unbounded",
                    Occurs::Required => "1..1",
                    _ => "0..1",
                };
                ((*element).to_owned(), occurs.to_owned())
            })
            .collect();
        assert_eq!(types.get(name), Some(&rows), "{name}");
    }
    for words in table::HEADER.iter().chain(table::REPLY).chain(table::ERROR) {
        if let Content::Words(words) = words.content {
            for word in words {
                assert!(SCHEMAS[0].1.contains(&format!("<xs:enumeration value=\"{word}\"/>")), "{word}");
            }
        }
    }
}

#[test]
fn what_is_written_validates() {
    if Command::new("xmllint").arg("--version").stderr(Stdio::null()).status().is_err() {
        println!("xmllint is not installed; the schema was not tried");
        return;
    }
    let folder = std::env::temp_dir().join(format!("metering-envelopes-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let schema = folder.join("Message.xsd");
    std::fs::write(&schema, SCHEMAS[0].1).unwrap();
    for name in ["request_create", "request_get", "request_cancel", "request_operations", "response", "event", "fault"]
    {
        let file = folder.join(name);
        std::fs::write(&file, written(&read_text(good::golden(name)).unwrap().envelope, Form::Generic)).unwrap();
        let output = Command::new("xmllint").args(["--noout", "--schema"]).arg(&schema).arg(&file).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
