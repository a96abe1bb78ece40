//! `application/problem+json` (RFC 9457): the one shape of everything that was refused.

use metering_model::Violation;

use super::members::{Members, list};
use crate::xml::Places;

pub(super) mod schema;

/// What is told of a refused request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProblemBody {
    /// The kind of problem: a path of this server that explains it.
    pub kind: String,
    /// The kind in a few words, the same for all of it.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What was wrong this time and what would be right.
    pub detail: Option<String>,
    /// The path that was asked for.
    pub instance: Option<String>,
    /// The id of the request, as the log has it.
    pub request_id: Option<String>,
    /// What was wrong in the request, place by place.
    pub errors: Vec<ProblemError>,
    /// How many there were, where `errors` is cut short.
    pub errors_total: Option<usize>,
}

impl ProblemBody {
    /// Takes the first [`super::receipt::ERRORS_TOLD`] of these violations as errors of the list
    /// `list` (empty for an object that stood alone), and their number where there are more.
    #[must_use]
    pub fn with_violations(mut self, list: &str, violations: &[Violation]) -> Self {
        let told = violations.get(..super::receipt::ERRORS_TOLD).unwrap_or(violations);
        self.errors_total = (told.len() < violations.len()).then_some(violations.len());
        self.errors = told.iter().map(|violation| ProblemError::of(list, violation)).collect();
        self
    }
}

/// One thing that was wrong in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemError {
    /// Where.
    pub at: ProblemPlace,
    /// Which rule: a [`metering_model::ViolationCode`] for items, a name of transport's own else.
    pub code: String,
    /// What was found and what would be right.
    pub detail: String,
}

impl ProblemError {
    /// A violation of a message whose list is called `list`: the name of the message where it was of
    /// XML, empty for an object that stood alone.
    #[must_use]
    pub fn of(list: &str, violation: &Violation) -> Self {
        Self {
            at: match Places::of_list(list) {
                Some(places) => ProblemPlace::XPath(places.xpath(&violation.at)),
                None => ProblemPlace::Pointer(super::receipt::pointer(list, &violation.at)),
            },
            code: violation.code.as_str().to_owned(),
            detail: violation.detail.clone(),
        }
    }
}

/// Where in a request something was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemPlace {
    /// In the body: a JSON pointer as a URI fragment.
    Pointer(String),
    /// In a body of XML: XPath.
    XPath(String),
    /// In the query: the parameter's name.
    Parameter(String),
    /// In the head: the header's name.
    Header(String),
}

/// Appends the problem as one object.
pub fn write(problem: &ProblemBody, out: &mut Vec<u8>) {
    let ProblemBody { kind, title, status, detail, instance, request_id, errors, errors_total } = problem;
    let mut to = Members::begin(out);
    to.text("type", kind.as_str());
    to.text("title", title.as_str());
    to.integer("status", *status);
    to.text("detail", detail.as_deref());
    to.text("instance", instance.as_deref());
    to.text("requestId", request_id.as_deref());
    if !errors.is_empty() {
        list(errors, to.name("errors"), |ProblemError { at, code, detail }, out| {
            let mut to = Members::begin(out);
            match at {
                ProblemPlace::Pointer(pointer) => to.text("pointer", pointer.as_str()),
                ProblemPlace::XPath(xpath) => to.text("xpath", xpath.as_str()),
                ProblemPlace::Parameter(parameter) => to.text("parameter", parameter.as_str()),
                ProblemPlace::Header(header) => to.text("header", header.as_str()),
            }
            to.text("code", code.as_str());
            to.text("detail", detail.as_str());
            to.end();
        });
    }
    if let Some(total) = errors_total {
        to.integer("errorsTotal", i64::try_from(*total).unwrap_or(i64::MAX));
    }
    to.end();
}

#[cfg(test)]
mod tests {
    use metering_model::ViolationCode;

    use super::*;
    use crate::json::schema::tests::is_one_of;

    fn written(problem: &ProblemBody) -> String {
        let mut out = Vec::new();
        write(problem, &mut out);
        let text = String::from_utf8(out).unwrap();
        is_one_of(&["Problem"], &text);
        text
    }

    #[test]
    fn a_problem_is_written_as_the_contract_shows_it() {
        let mismatch =
            Violation::new(0, "unit", ViolationCode::UnitMeasurementMismatch, "V does not measure activeEnergy");
        let problem = ProblemBody {
            kind: "/problems/invalid".to_owned(),
            title: "Rules broken".to_owned(),
            status: 422,
            detail: Some("1 of 1 items was rejected".to_owned()),
            instance: Some("/meter-readings".to_owned()),
            request_id: Some("r\"1".to_owned()),
            ..ProblemBody::default()
        }
        .with_violations("readings", &[mismatch]);
        assert_eq!(
            written(&problem),
            concat!(
                r#"{"type":"/problems/invalid","title":"Rules broken","status":422,"detail":"1 of 1 items was rejected","#,
                r#""instance":"/meter-readings","requestId":"r\"1","#,
                r##""errors":[{"pointer":"#/readings/0/unit","code":"unit-measurement-mismatch","##,
                r#""detail":"V does not measure activeEnergy"}]}"#,
            )
        );
    }

    #[test]
    fn parameters_and_headers_have_their_own_names_and_nothing_empty_is_written() {
        let error = |at| ProblemError { at, code: "c".to_owned(), detail: "d".to_owned() };
        let problem = ProblemBody {
            status: 400,
            errors: vec![
                error(ProblemPlace::Parameter("limit".to_owned())),
                error(ProblemPlace::Header("Prefer".to_owned())),
            ],
            errors_total: Some(2_000),
            ..ProblemBody::default()
        };
        assert_eq!(
            written(&problem),
            concat!(
                r#"{"type":"","title":"","status":400,"errors":[{"parameter":"limit","code":"c","detail":"d"},"#,
                r#"{"header":"Prefer","code":"c","detail":"d"}],"errorsTotal":2000}"#
            )
        );
    }
}
