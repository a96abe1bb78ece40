//! What the operations of the four configurations take and answer.

use metering_messages::json::schema::{self, any_line, one_of};
use metering_messages::xml::configuration as xml;
use metering_model::{ConfigurationKind, ConfigurationStatus, Permission, Permitted as _};
use serde_json::{Value, json};

use super::{ComModule, Configured, EndDevice, Meter, UsagePoint};
use crate::endpoints::pages::LIMIT;
use crate::endpoints::writing::receipts;
use crate::openapi::{Answer, Brings, Header, InXml, Link, Operation, Tag, message};
use crate::parameters::{AS_OF, CURSOR, Parameter};
use crate::problem::Kind;

pub(super) const QUERY: &[Parameter] = &[
    Parameter::one(
        "mRID",
        schema::any_line,
        "1234LG",
        "The one object of this id, as `{path}/{mRID}` answers it; it goes with `asOf` alone.",
    ),
    Parameter::each("status", || one_of(ConfigurationStatus::WORDS), "active", "Configured so far."),
    Parameter::each("serialNumber", any_line, "SN-40012", "With this serial number."),
    Parameter::each("name", any_line, "1234LG", "With this name."),
    AS_OF,
    LIMIT,
    CURSOR,
];

/// Of one object.
pub(super) const ONE: &[Parameter] = &[AS_OF];

/// What can be done with configurations.
pub(in crate::endpoints) fn operations() -> Vec<Operation> {
    [of::<EndDevice>("EndDevice"), of::<Meter>("Meter"), of::<UsagePoint>("UsagePoint"), of::<ComModule>("ComModule")]
        .into_iter()
        .flatten()
        .collect()
}

fn of<C: Configured>(class: &str) -> Vec<Operation> {
    let what = C::KIND.in_words();
    let article = if what.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    let new = |method, path: String, id: String, summary: String| {
        Operation::new(method, path, id, Tag::Configurations, summary)
    };
    let write = C::Write::PERMISSION;
    let one = || format!("{}/{{mRID}}", C::PATH);
    // That of the example.
    let id = match C::KIND {
        ConfigurationKind::EndDevice => "3dc53ee5-777e-50b4-8699-a1c224d493d",
        ConfigurationKind::Meter => "1234LG",
        ConfigurationKind::UsagePoint => "UP-1",
        ConfigurationKind::ComModule => "CM-1",
    };
    let segment = ("The mRID.", id);
    let recorded = || message(format!("Recorded{class}"));
    let links = |mrid: &str| {
        let link = |name, verb: &str, matching: Option<&str>| Link {
            name,
            operation: format!("{verb}{class}"),
            parameters: [("mRID", Some(mrid)), ("If-Match", matching)]
                .into_iter()
                .filter_map(|(name, at)| Some((name, at?.to_owned())))
                .collect(),
        };
        let tag = (!mrid.contains("/0/")).then_some("$response.header.ETag");
        let mut links = vec![link("Get", "get", None), link("Retire", "retire", tag)];
        links.extend(tag.map(|tag| link("Replace", "replace", Some(tag))));
        links
    };
    let object = |meaning: &'static str, replayed: bool| Answer {
        status: 200,
        meaning: meaning.into(),
        content: recorded(),
        headers: if replayed { vec![Header::ETag, Header::Replayed] } else { vec![Header::ETag] },
        links: links("$response.body#/id"),
    };
    vec![
        new("get", C::PATH.to_owned(), format!("get{class}s"), format!("Every {what}, page by page"))
            .about("In the order of their ids. With `mRID` the answer is the one object, with its `ETag`, or 404.")
            .needs(Permission::ReadConfiguration)
            .query(QUERY)
            .refuses(&[Kind::NotFound])
            .answers_with(Answer {
                status: 200,
                meaning: "Those found, none too; or the one object.".into(),
                content: crate::openapi::Content::AnyMessage(vec![
                    format!("{class}sPage").into(),
                    format!("Recorded{class}").into(),
                ]),
                headers: vec![Header::Link, Header::ETagOfOne],
                links: Vec::new(),
            }),
        receipts(
            new("post", C::PATH.to_owned(), format!("create{class}s"), format!("Configure {article} {what}, or several"))
                .about(
                    "The same content again is unchanged, other content is rejected as `exists`. What something came from \
                     before anybody configured it is adopted.",
                )
                .needs(write)
                .brings(Brings {
                    any_of: vec![format!("{class}s").into(), class.to_owned().into()],
                    required: true,
                    in_xml: InXml::Message(xml::noun(C::KIND)),
                    meaning: format!("A list, or one {what} alone.").into(),
                    examples: vec![("one", "One of them", json!({C::KIND.list(): [example(C::KIND)]}))],
                }),
            &format!("{class}sReceipt"),
            &links(&format!("$response.body#/{}/0/id", C::KIND.list())),
        ),
        new("get", one(), format!("get{class}"), format!("One {what}"))
            .needs(Permission::ReadConfiguration)
            .segment(segment.0, segment.1)
            .query(ONE)
            .answers_with(object("The object, and the `ETag` of its revision.", false)),
        new("put", one(), format!("replace{class}"), format!("Replace {article} {what}"))
            .about(
                "What was read can be edited and sent back. Secrets that are left out stay. Every revision stays readable \
                 by `asOf`.",
            )
            .needs(write)
            .segment(segment.0, segment.1)
            .query(&[])
            .header(Header::IfMatch)
            .writes()
            .brings(Brings {
                any_of: vec![format!("{class}Replacement").into()],
                required: true,
                in_xml: InXml::Message(xml::noun(C::KIND)),
                meaning: format!("The {what} as it is to be, alone.").into(),
                examples: vec![("one", "As it is to be", example(C::KIND))],
            })
            .refuses(&[Kind::PreconditionFailed, Kind::PreconditionRequired])
            .answers_with(object("The object as it is now.", true)),
        new("delete", one(), format!("retire{class}"), format!("Retire {article} {what}"))
            .about("It stays readable.")
            .needs(write)
            .segment(segment.0, segment.1)
            .query(&[])
            .header(Header::IfMatchOptional)
            .writes()
            .refuses(&[Kind::PreconditionFailed])
            .answers_with(object("The object, retired.", true)),
    ]
}

fn example(kind: ConfigurationKind) -> Value {
    match kind {
        ConfigurationKind::EndDevice => json!({
            "mRID": "3dc53ee5-777e-50b4-8699-a1c224d493d",
            "serialNumber": "SN-7",
            "installations": [{"usagePointId": "UP-1", "from": "2023-05-01T00:00:00Z"}],
        }),
        ConfigurationKind::Meter => json!({
            "mRID": "1234LG",
            "serialNumber": "SN-40012",
            "timeZone": "Europe/Berlin",
            "multipliers": [{"kind": "ctRatio", "value": 200}],
            "installations": [{"usagePointId": "UP-1", "from": "2023-05-01T00:00:00Z"}],
        }),
        ConfigurationKind::UsagePoint => json!({"mRID": "UP-1", "serviceKind": "electricity", "phaseCode": "ABCN"}),
        ConfigurationKind::ComModule => json!({"mRID": "CM-1", "technology": "cellular", "deviceIds": ["1234LG"]}),
    }
}
