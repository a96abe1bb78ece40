//! Query parameters, strictly: an unknown one is named with the nearest there is, for a filter
//! with a slip of the pen would answer with everything.

use std::borrow::Cow;
use std::fmt::Display;
use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpRequest};
use metering_messages::json::problem::{ProblemError, ProblemPlace};
use metering_messages::json::schema;
use metering_model::{ViolationCode, has_control_characters, words};
use serde_json::Value;

use crate::problem::{Kind, Problem};

/// Parameters that a query may have.
const MOST: usize = 1_000;

/// A parameter that an endpoint takes. What is read and what is described is this one table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    /// Its name.
    pub(crate) name: &'static str,
    /// Whether it may be repeated; any of its values then fits.
    pub(crate) repeats: bool,
    /// What one value can be.
    pub(crate) schema: fn() -> Value,
    /// A value.
    pub(crate) example: &'static str,
    /// What it asks for.
    pub(crate) meaning: &'static str,
}

impl Parameter {
    /// A parameter that may be there once.
    pub(crate) const fn one(
        name: &'static str,
        schema: fn() -> Value,
        example: &'static str,
        meaning: &'static str,
    ) -> Self {
        Self { name, repeats: false, schema, example, meaning }
    }

    /// A parameter that may be repeated.
    pub(crate) const fn each(
        name: &'static str,
        schema: fn() -> Value,
        example: &'static str,
        meaning: &'static str,
    ) -> Self {
        Self { name, repeats: true, schema, example, meaning }
    }
}

/// Where the page before ended.
pub(crate) const CURSOR: Parameter = Parameter::one(
    "cursor",
    schema::any_line,
    "q1s0MjAyNA",
    "`next` of the page before; the selection has to be the same. A cursor keeps to the state that the first page saw.",
);

/// What was known at an instant.
pub(crate) const AS_OF: Parameter = Parameter::one(
    "asOf",
    schema::time,
    "2024-01-15T12:00:00Z",
    "As it was known at this instant; with a `recordedAt` the answer is always the same.",
);

/// The query of a request, as it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Query(String);

impl FromRequest for Query {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.query_string().to_owned())))
    }
}

impl Query {
    /// The parameters, of which there may be those in `known`.
    pub(crate) fn parameters(&self, known: &'static [Parameter]) -> Result<Parameters, Problem> {
        Parameters::parse(&self.0, known)
    }

    /// Refuses any parameter.
    pub(crate) fn none(&self) -> Result<(), Problem> {
        self.parameters(&[])?.done(())
    }
}

/// The names of the parameters in a query that are in `known`; never their values.
pub(crate) fn names<'k>(query: &str, known: &[&'k str]) -> Vec<&'k str> {
    let sent = |name: &&&str| query.split('&').any(|pair| pair.split('=').next() == Some(**name));
    known.iter().filter(sent).copied().collect()
}

/// Decoded parameters. What is wrong with them is gathered, and refused by [`Parameters::done`].
#[derive(Debug)]
pub(crate) struct Parameters {
    pairs: Vec<(String, String)>,
    errors: Vec<ProblemError>,
}

impl Parameters {
    /// Reads a query.
    pub(crate) fn parse(query: &str, known: &'static [Parameter]) -> Result<Self, Problem> {
        let mut parameters = Self { pairs: Vec::new(), errors: Vec::new() };
        for (number, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
            // Those that are not known count too, for each is answered with a sentence.
            if number >= MOST {
                return Err(Problem::new(Kind::TooLarge, format!("a query has at most {MOST} parameters")));
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (Some(name), Some(value)) = (decode(name), decode(value)) else {
                return Err(Problem::new(Kind::Malformed, "the query has a broken percent escape, or is not UTF-8"));
            };
            if known.iter().all(|it| it.name != name) {
                parameters.unknown(&name, known);
            } else if has_control_characters(&value) {
                parameters.wrong(&name, ViolationCode::InvalidText.as_str(), "a control character is in the value");
            } else {
                parameters.pairs.push((name.into_owned(), value.into_owned()));
            }
        }
        Ok(parameters)
    }

    fn unknown(&mut self, name: &str, known: &[Parameter]) {
        let known: Vec<&str> = known.iter().map(|it| it.name).collect();
        let meant = words::nearest(name, &known).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        let there = match known.as_slice() {
            [] => "there are none here".to_owned(),
            known => format!("there are {}", known.join(", ")),
        };
        let shown: String = name.chars().filter(|it| !it.is_control()).take(60).collect();
        self.wrong(
            &shown,
            ViolationCode::UnknownField.as_str(),
            format!("no parameter is called `{shown}`{meant} ({there})"),
        );
    }

    /// Notes what is wrong with a parameter.
    pub(crate) fn wrong(&mut self, name: &str, code: &str, detail: impl Into<String>) {
        let at = ProblemPlace::Parameter(name.to_owned());
        self.errors.push(ProblemError { at, code: code.to_owned(), detail: detail.into() });
    }

    /// Every value of a parameter that may be repeated.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.pairs.iter().filter(|pair| pair.0 == name).map(|pair| pair.1.clone()).collect()
    }

    /// The value of a parameter that may be there once.
    pub(crate) fn one(&mut self, name: &str) -> Option<String> {
        let mut values = self.all(name);
        if values.len() > 1 {
            let detail = format!("`{name}` may be given once; it is there {} times", values.len());
            self.wrong(name, ViolationCode::DuplicateField.as_str(), detail);
        }
        values.pop()
    }

    /// The value of a parameter that may be there once, read by its type.
    pub(crate) fn parsed<T>(&mut self, name: &str, code: ViolationCode) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text = self.one(name)?;
        self.read(name, &text, code)
    }

    /// The values of a parameter that may be repeated, each read by its type.
    pub(crate) fn each<T>(&mut self, name: &str, code: ViolationCode) -> Vec<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.all(name).iter().filter_map(|text| self.read(name, text, code)).collect()
    }

    /// The values of a parameter that may be repeated, each found by `find`.
    pub(crate) fn each_word<T>(&mut self, name: &str, known: &[&str], find: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        for word in self.all(name) {
            match find(&word) {
                Some(value) => found.push(value),
                None => {
                    let meant =
                        words::nearest(&word, known).map(|it| format!("; did you mean {it}?")).unwrap_or_default();
                    let detail = format!("`{}` is not known{meant} (known are {})", shown(&word), known.join(", "));
                    self.wrong(name, ViolationCode::UnknownWord.as_str(), detail);
                }
            }
        }
        found
    }

    /// A parameter that is `true` or `false`.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        match self.one(name).as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => {
                let detail = format!("`{}` is neither true nor false", shown(other));
                self.wrong(name, ViolationCode::UnknownWord.as_str(), detail);
                false
            }
        }
    }

    /// How many items a page is to have: `otherwise` where nothing is said, at most `most`.
    pub(crate) fn limit(&mut self, otherwise: usize, most: usize) -> usize {
        let Some(text) = self.one("limit") else { return otherwise };
        match text.parse() {
            Ok(limit) if (1..=most).contains(&limit) => limit,
            _ => {
                let detail = format!("`limit` is a number from 1 to {most}");
                self.wrong("limit", ViolationCode::OutOfRange.as_str(), detail);
                otherwise
            }
        }
    }

    /// What was read, if nothing was wrong.
    pub(crate) fn done<T>(self, value: T) -> Result<T, Problem> {
        if self.errors.is_empty() { Ok(value) } else { Err(Problem::parameters(self.errors)) }
    }

    fn read<T>(&mut self, name: &str, text: &str, code: ViolationCode) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(name, code.as_str(), format!("`{}`: {error}", shown(text)));
                None
            }
        }
    }
}

/// As much of a value as an error shows.
fn shown(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).take(60).collect()
}

/// Takes the percent escapes out; a `+` is a space, as forms write it.
fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(['%', '+']) {
        return Some(Cow::Borrowed(text));
    }
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(out).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError as _;
    use actix_web::body::MessageBody;
    use metering_model::TimeStamp;

    use super::*;

    const KNOWN: &[Parameter] = &[
        Parameter::each("meterId", schema::id, "a", ""),
        Parameter::one("from", schema::time, "", ""),
        Parameter::one("limit", schema::boolean, "", ""),
        Parameter::one("revisions", schema::boolean, "", ""),
    ];

    fn parse(query: &str) -> Parameters {
        Parameters::parse(query, KNOWN).unwrap()
    }

    fn refused(parameters: Parameters) -> serde_json::Value {
        let problem = parameters.done(()).unwrap_err();
        serde_json::from_slice(&problem.error_response().into_body().try_into_bytes().unwrap()).unwrap()
    }

    #[test]
    fn values_are_decoded_and_repeated_where_they_may_be() {
        let mut parameters =
            parse("meterId=a%20b&meterId=c%2Bd&from=2024-01-15T10:00:00+01:00&&limit=5&revisions=true");
        assert_eq!(parameters.all("meterId"), ["a b", "c+d"]);
        let from: Option<TimeStamp> = parameters.parsed("from", ViolationCode::InvalidTime);
        assert_eq!(from.unwrap().to_string(), "2024-01-15T09:00:00Z");
        assert_eq!(parameters.limit(1_000, 100_000), 5);
        assert!(parameters.flag("revisions"));
        parameters.done(()).unwrap();
    }

    #[test]
    fn an_unknown_parameter_is_named_with_the_nearest() {
        let body = refused(parse("meterid=1"));
        assert_eq!(body["status"], 422);
        assert_eq!(body["errors"][0]["parameter"], "meterid");
        assert!(body["errors"][0]["detail"].as_str().unwrap().contains("did you mean meterId?"));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let mut parameters = parse("from=yesterday&from=2024-01-15T10:00:00Z&limit=0&revisions=yes&x=1");
        let _: Option<TimeStamp> = parameters.parsed("from", ViolationCode::InvalidTime);
        parameters.limit(1_000, 100_000);
        parameters.flag("revisions");
        let body = refused(parameters);
        let named: Vec<_> =
            body["errors"].as_array().unwrap().iter().map(|it| it["parameter"].as_str().unwrap()).collect();
        assert_eq!(named, ["x", "from", "limit", "revisions"]);
    }

    #[test]
    fn a_query_has_so_many_parameters_known_or_not() {
        for name in ["meterId=a&", "a&"] {
            let kind = |count| Parameters::parse(&name.repeat(count), KNOWN).map_err(|problem| problem.kind()).err();
            assert_eq!((kind(MOST), kind(MOST + 1)), (None, Some(Kind::TooLarge)), "{name}");
        }
    }

    #[test]
    fn broken_escapes_are_malformed() {
        for query in ["meterId=%", "meterId=%4", "meterId=%zz", "meterId=%ff"] {
            assert_eq!(Parameters::parse(query, KNOWN).unwrap_err().kind(), Kind::Malformed, "{query}");
        }
    }

    #[test]
    fn the_log_gets_names_and_no_values() {
        assert_eq!(names("meterId=secret&x=1&from=2", &["meterId", "from", "limit"]), ["meterId", "from"]);
    }
}
