//! `Request`, both ways: what a request is about.

use super::copy::twice;
use super::fields::labelled;
use super::part::Part;
use super::read::{Reader, Stop};
use super::write::Elements;
use crate::envelope::{Id, Parameters, Property, Refusal, ReplyCode};
use crate::xml::walk::Step;
use crate::xml::walk::any::Node;

impl<'a> Reader<'a, '_> {
    /// Reads the parameters, the beginning of which was read.
    pub(super) fn parameters(&mut self) -> Result<Parameters<Part<'a>>, Stop> {
        let mut parameters = Parameters::default();
        loop {
            match self.node()? {
                Node::Step(Step::Text(element, text)) if element.name == "StartTime" => {
                    parameters.start = Some(self.time("Request", "StartTime", &text)?);
                }
                Node::Step(Step::Text(_, text)) => parameters.end = Some(self.time("Request", "EndTime", &text)?),
                Node::Step(Step::Open(_)) => {
                    self.room(parameters.options.len(), self.reading.bounds.properties, "Option")?;
                    let option = self.option()?;
                    parameters.options.push(option);
                }
                Node::Labelled(_, text, attributes) => {
                    self.room(parameters.ids.len(), self.reading.bounds.ids, "ID")?;
                    self.bounded("ID", &text)?;
                    parameters.ids.push(labelled(&text, attributes)?);
                }
                Node::Any(extent) => {
                    if parameters.profile.is_some() {
                        let detail = format!("`{}` is a second selection; a request has one", extent.name);
                        return Err(Refusal::new(ReplyCode::AGAINST_SCHEMA, detail).into());
                    }
                    parameters.profile = Some(self.around.part(extent));
                }
                Node::Step(Step::Twice(element)) => return Err(twice(element.name)),
                Node::Step(Step::Reference(..)) => {}
                Node::Step(Step::Close | Step::End) => return Ok(parameters),
            }
        }
    }

    fn option(&mut self) -> Result<Property, Stop> {
        let mut option = Property::default();
        loop {
            match self.node()? {
                Node::Step(Step::Text(element, text)) => {
                    self.bounded(element.name, &text)?;
                    let text = text.into_owned();
                    if element.name == "name" { option.name = text } else { option.value = Some(text) }
                }
                Node::Step(Step::Twice(element)) => return Err(twice(element.name)),
                Node::Step(Step::Close | Step::End) => return Ok(option),
                _ => {}
            }
        }
    }

    /// That there is room for one more.
    pub(super) fn room(&self, there: usize, most: usize, what: &str) -> Result<(), Stop> {
        if there < most {
            return Ok(());
        }
        let detail = format!("more than {most} of `{what}`; send them in several messages");
        Err(Refusal::new(ReplyCode::TOO_MANY_ITEMS, detail).into())
    }
}

impl Elements<'_> {
    /// Appends what a request is about, where it says something.
    pub(super) fn parameters<P>(&mut self, parameters: &Parameters<P>, profile: impl FnOnce(&P, &mut Vec<u8>)) {
        if parameters.is_empty() {
            return;
        }
        let Parameters { start, end, options, ids, profile: selection } = parameters;
        self.outer("Request", |to| {
            to.time("StartTime", *start);
            to.time("EndTime", *end);
            for Property { name, value } in options {
                to.inner("Option", |to| {
                    to.text("name", name.as_str());
                    to.text("value", value.as_deref());
                });
            }
            for id in ids {
                to.id("ID", id);
            }
            if let Some(selection) = selection {
                to.embed(|out| profile(selection, out));
            }
        });
    }

    /// Appends what an object is called.
    pub(super) fn id(&mut self, name: &str, id: &Id) {
        let Id { value, kind, id_type, authority, object_type } = id;
        let labels = [
            ("idType", id_type.as_deref()),
            ("idAuthority", authority.as_deref()),
            ("kind", kind.map(|it| it.as_str())),
            ("objectType", object_type.as_deref()),
        ];
        self.labelled(name, &labels, value);
    }
}
