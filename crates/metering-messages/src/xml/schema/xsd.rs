//! The tables as XML Schema, one per message: `schemas/` holds them, and this holds `schemas/` to
//! the tables. Run with `METERING_WRITE_SCHEMAS=1` to write them anew.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::{Content, Element, Occurs};
use crate::xml::Namespaces;

/// The messages and their tables.
pub(in crate::xml) const MESSAGES: &[(&str, &[Element])] = &[
    ("MeterReadings", crate::xml::meter_readings::METER_READINGS),
    ("EndDeviceControls", crate::xml::end_device_controls::END_DEVICE_CONTROLS),
    ("EndDeviceEvents", crate::xml::end_device_events::END_DEVICE_EVENTS),
    ("EndDeviceConfig", crate::xml::configuration::END_DEVICE_CONFIG),
    ("MeterConfig", crate::xml::configuration::METER_CONFIG),
    ("UsagePointConfig", crate::xml::configuration::USAGE_POINT_CONFIG),
    ("ComModuleConfig", crate::xml::configuration::COM_MODULE_CONFIG),
];

/// Where the schema of a message is.
pub(in crate::xml) fn file(noun: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/schemas")).join(format!("{noun}.xsd"))
}

fn schema(noun: &str, table: &[Element]) -> String {
    let namespace = Namespaces::default().written(noun);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!-- The structure that this server reads and writes for {noun}; made from its tables. -->\n\
         <xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"{namespace}\" \
         elementFormDefault=\"qualified\">\n  <xs:element name=\"{noun}\">\n"
    );
    complex(table, 2, &mut out);
    out.push_str("  </xs:element>\n</xs:schema>\n");
    out
}

fn complex(table: &[Element], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(out, "{indent}<xs:complexType>\n{indent}  <xs:sequence>");
    let mut rows = table.iter().peekable();
    while let Some(row) = rows.next() {
        let Some(choice) = rows.peek().map(|next| next.occurs).filter(|it| it.is_choice()) else {
            element(row, row.occurs, depth + 2, out);
            continue;
        };
        let most = if choice == Occurs::OrMany { "unbounded" } else { "1" };
        let _ = writeln!(out, "{indent}    <xs:choice minOccurs=\"0\" maxOccurs=\"{most}\">");
        element(row, Occurs::Required, depth + 3, out);
        while let Some(row) = rows.next_if(|next| next.occurs.is_choice()) {
            element(row, Occurs::Required, depth + 3, out);
        }
        let _ = writeln!(out, "{indent}    </xs:choice>");
    }
    let _ = writeln!(out, "{indent}  </xs:sequence>\n{indent}</xs:complexType>");
}

fn element(element: &Element, occurs: Occurs, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let occurs = match occurs {
        Occurs::Optional => " minOccurs=\"0\"",
        Occurs::Many => " minOccurs=\"0\" maxOccurs=\"unbounded\"",
        Occurs::OneOrMore => " maxOccurs=\"unbounded\"",
        Occurs::Required | Occurs::OrOptional | Occurs::OrMany => "",
    };
    let name = element.name;
    let simple = match element.content {
        Content::String | Content::Token => "string",
        Content::DateTime => "dateTime",
        Content::Date => "date",
        Content::Time => "time",
        Content::Boolean => "boolean",
        Content::Integer => "integer",
        Content::Decimal => "decimal",
        Content::Float => "float",
        Content::Words(words) => {
            let _ = writeln!(out, "{indent}<xs:element name=\"{name}\"{occurs}>");
            let _ = writeln!(out, "{indent}  <xs:simpleType>\n{indent}    <xs:restriction base=\"xs:string\">");
            for word in words {
                let _ = writeln!(out, "{indent}      <xs:enumeration value=\"{word}\"/>");
            }
            let _ = writeln!(out, "{indent}    </xs:restriction>\n{indent}  </xs:simpleType>\n{indent}</xs:element>");
            return;
        }
        Content::Reference => {
            let _ = writeln!(out, "{indent}<xs:element name=\"{name}\"{occurs}>");
            let _ = writeln!(
                out,
                "{indent}  <xs:complexType>\n{indent}    <xs:attribute name=\"ref\" type=\"xs:string\"/>"
            );
            let _ = writeln!(out, "{indent}  </xs:complexType>\n{indent}</xs:element>");
            return;
        }
        Content::Of(table) => {
            let _ = writeln!(out, "{indent}<xs:element name=\"{name}\"{occurs}>");
            complex(table, depth + 1, out);
            let _ = writeln!(out, "{indent}</xs:element>");
            return;
        }
    };
    let _ = writeln!(out, "{indent}<xs:element name=\"{name}\" type=\"xs:{simple}\"{occurs}/>");
}

#[test]
fn the_schemas_are_what_the_tables_say() {
    for (noun, table) in MESSAGES {
        let schema = schema(noun, table);
        if std::env::var_os("METERING_WRITE_SCHEMAS").is_some() {
            std::fs::create_dir_all(file(noun).parent().unwrap()).unwrap();
            std::fs::write(file(noun), &schema).unwrap();
        }
        let kept = std::fs::read_to_string(file(noun)).unwrap_or_default();
        assert!(kept == schema, "schemas/{noun}.xsd is not what the tables say; METERING_WRITE_SCHEMAS=1 writes it");
    }
}

#[test]
fn tables_are_no_longer_than_their_bits() {
    fn look(name: &str, table: &[Element]) {
        assert!(table.len() <= 64, "{name}");
        for (at, row) in table.iter().enumerate() {
            assert!(table[..at].iter().all(|before| before.name != row.name), "{name} has {} twice", row.name);
            if let Content::Of(inner) = row.content {
                look(row.name, inner);
            }
        }
    }
    for (noun, table) in MESSAGES {
        look(noun, table);
    }
}
