//! `Payload` with what may be in it: a message, a compressed one, several operations.

use std::borrow::Cow;
use std::collections::HashSet;

use super::compressed::{deflate, inflate};
use super::copy::twice;
use super::fields::{boolean, integer};
use super::part::Part;
use super::read::{Reader, Stop};
use super::write::Elements;
use crate::envelope::{Noun, Operation, OperationSet, Payload, Refusal, ReplyCode, Verb};
use crate::xml::Namespaces;
use crate::xml::tolerances::Tolerance;
use crate::xml::walk::Step;
use crate::xml::walk::any::{Node, Root};

impl<'a> Reader<'a, '_> {
    /// Reads the payload, the beginning of which was read.
    pub(super) fn payload(&mut self) -> Result<Option<Payload<Part<'a>>>, Stop> {
        let mut payload: Option<Payload<Part<'a>>> = None;
        let mut format = None;
        let second = |name: &str| {
            let detail = format!("`{name}` is a second payload; a message has one, or one `OperationSet`");
            Err(Refusal::new(ReplyCode::AGAINST_SCHEMA, detail).into())
        };
        loop {
            let (name, one) = match self.node()? {
                Node::Any(extent) => (extent.name.clone(), Payload::Plain(self.around.part(extent))),
                Node::Step(Step::Open(element)) => (element.name.to_owned(), Payload::Operations(self.operations()?)),
                Node::Step(Step::Text(element, text)) if element.name == "Compressed" => {
                    (element.name.to_owned(), self.compressed(&text)?)
                }
                Node::Step(Step::Text(element, text)) => {
                    self.bounded(element.name, &text)?;
                    format = Some(text.into_owned());
                    continue;
                }
                Node::Step(Step::Twice(element)) => return second(element.name),
                Node::Step(Step::Close | Step::End) => break,
                Node::Step(Step::Reference(..)) | Node::Labelled(..) => continue,
            };
            if payload.is_some() {
                return second(&name);
            }
            payload = Some(one);
        }
        if let Some(Payload::Compressed { format: known, .. }) = &mut payload {
            *known = format;
        } else if format.is_some() {
            self.walk.tolerances.note_known(Tolerance::NotKept, "Payload", "Format", 0);
        }
        Ok(payload)
    }

    fn compressed(&self, text: &str) -> Result<Payload<Part<'a>>, Stop> {
        let inflated = inflate(text, self.reading.bounds.inflated)?;
        let none = Namespaces::default();
        let (name, namespace) = {
            let root = Root::read(&inflated, "", &none, self.reading.limits).map_err(|malformed| {
                let detail = format!("what was `Compressed` is no message: {malformed}");
                Refusal::new(ReplyCode::AGAINST_SCHEMA, detail)
            })?;
            (root.name().to_owned(), root.namespace().to_owned())
        };
        Ok(Payload::Compressed { content: Part::document(&name, &namespace, inflated), format: None })
    }

    fn operations(&mut self) -> Result<OperationSet<Part<'a>>, Stop> {
        let mut set = OperationSet::default();
        let mut ids = HashSet::new();
        loop {
            match self.node()? {
                Node::Step(Step::Text(element, text)) if element.name == "enforceMsgSequence" => {
                    set.enforce_message_sequence = boolean(element.name, &text)?;
                }
                Node::Step(Step::Text(element, text)) => {
                    set.enforce_transactional_integrity = boolean(element.name, &text)?;
                }
                Node::Step(Step::Open(_)) => {
                    self.room(set.operations.len(), self.reading.bounds.operations, "Operation")?;
                    let operation = self.operation(set.operations.len())?;
                    if !ids.insert(operation.id) {
                        let what = format!("has the `operationId` {} of another one", operation.id);
                        return Err(incomplete(set.operations.len(), what).into());
                    }
                    set.operations.push(operation);
                }
                Node::Step(Step::Twice(element)) => return Err(twice(element.name)),
                Node::Step(Step::Close | Step::End) => return Ok(set),
                _ => {}
            }
        }
    }

    fn operation(&mut self, before: usize) -> Result<Operation<Part<'a>>, Stop> {
        let (mut id, mut noun, mut verb, mut element_operation) = (None, None, None, false);
        let mut payload: Option<Part<'a>> = None;
        let place = |what: String| Stop::from(incomplete(before, what));
        loop {
            match self.node()? {
                Node::Step(Step::Text(element, text)) => match element.name {
                    "operationId" => id = Some(integer(element.name, &text)?),
                    "noun" => noun = Some(self.short(element.name, text)?),
                    "verb" => verb = Some(self.short(element.name, text)?),
                    _ => element_operation = boolean(element.name, &text)?,
                },
                Node::Any(extent) => {
                    if payload.is_some() {
                        return Err(place(format!("has a second payload, `{}`", extent.name)));
                    }
                    payload = Some(self.around.part(extent));
                }
                Node::Step(Step::Twice(element)) => return Err(twice(element.name)),
                Node::Step(Step::Close | Step::End) => break,
                _ => {}
            }
        }
        let missing = |what| place(format!("has no `{what}`"));
        let (verb, usual) = Verb::of(&verb.ok_or_else(|| missing("verb"))?);
        if !usual {
            self.walk.tolerances.note_known(Tolerance::Synonym, "Operation", "verb", 0);
        }
        let noun = Noun::of(&noun.ok_or_else(|| missing("noun"))?);
        if let Some(part) = &payload
            && part.name() != noun.as_str()
        {
            return Err(place(format!("is about `{noun}` and has a `{}`", part.name())));
        }
        Ok(Operation { id: id.ok_or_else(|| missing("operationId"))?, noun, verb, element_operation, payload })
    }

    fn short(&self, element: &str, text: Cow<'_, str>) -> Result<String, Stop> {
        self.bounded(element, &text)?;
        Ok(text.into_owned())
    }
}

/// That the operation behind so many others is not what it should be.
fn incomplete(before: usize, what: String) -> Refusal {
    Refusal {
        xpath: Some(format!("/*/e:Payload/e:OperationSet/e:Operation[{}]", before + 1)),
        ..Refusal::new(ReplyCode::PAYLOAD_INCOMPLETE, format!("operation {} of the set {what}", before + 1))
    }
}

impl Elements<'_> {
    /// Appends a payload, each message in it by `message`.
    pub(super) fn payload<P>(&mut self, payload: &Payload<P>, mut message: impl FnMut(&P, &mut Vec<u8>)) {
        self.outer("Payload", |to| match payload {
            Payload::Plain(content) => to.embed(|out| message(content, out)),
            Payload::Compressed { content, format } => {
                let mut bytes = Vec::new();
                message(content, &mut bytes);
                to.text("Compressed", deflate(&bytes).as_str());
                to.text("Format", format.as_deref());
            }
            Payload::Operations(set) => {
                let OperationSet { enforce_message_sequence, enforce_transactional_integrity, operations } = set;
                to.inner("OperationSet", |to| {
                    to.boolean("enforceMsgSequence", Some(*enforce_message_sequence));
                    to.boolean("enforceTransactionalIntegrity", Some(*enforce_transactional_integrity));
                    for Operation { id, noun, verb, element_operation, payload } in operations {
                        to.inner("Operation", |to| {
                            to.text("operationId", id.to_string().as_str());
                            to.text("noun", noun.as_str());
                            to.text("verb", verb.as_str());
                            to.boolean("elementOperation", element_operation.then_some(true));
                            if let Some(payload) = payload {
                                to.embed(|out| message(payload, out));
                            }
                        });
                    }
                });
            }
        });
    }
}
