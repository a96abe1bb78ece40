//! Functions and who refers to them.

use std::collections::HashMap;

use metering_model::{Excerpt, Violation, ViolationCode};

use super::functions::{ComFunction, ConnectDisconnectFunction, SimpleEndDeviceFunction};
use crate::xml::elements::Name;
use crate::xml::item::Item;
use crate::xml::structure::Structure;
use crate::xml::tolerances::{Tolerance, Tolerances};
use crate::{Limits, Malformed};

/// An mRID that begins so was made to be referred to, where a function had no name; it is no name.
pub(super) const MADE: &str = "urn:metering-data-exchange:2:reference:";

/// So many elements may be copied from functions to those who refer to them: a small message in
/// which everything refers to one large function must not become a large one.
const COPIED: usize = 1_000_000;

/// The functions of a message.
#[derive(Default)]
pub(super) struct Functions {
    com: Table<ComFunction>,
    switches: Table<ConnectDisconnectFunction>,
    simple: Table<SimpleEndDeviceFunction>,
    received: u32,
    copied: usize,
}

/// The functions of one kind, by what they are called.
pub(super) struct Table<F> {
    functions: Vec<Function<F>>,
    /// `None` where several have it.
    by_mrid: HashMap<String, Option<usize>>,
    /// `None` where several are called so.
    by_name: HashMap<String, Option<usize>>,
}

impl<F> Default for Table<F> {
    fn default() -> Self {
        Self { functions: Vec::new(), by_mrid: HashMap::new(), by_name: HashMap::new() }
    }
}

struct Function<F> {
    /// Nothing where it could not be read.
    element: Option<F>,
    size: usize,
    used: bool,
    /// What is wrong with its structure.
    faults: Vec<Violation>,
}

/// What the kinds of functions have in common.
pub(super) trait Referred: Clone + serde::de::DeserializeOwned {
    const ELEMENT: &'static str;

    fn table(functions: &mut Functions) -> &mut Table<Self>;

    fn identity(&mut self) -> (&mut Option<String>, &[Name]);
}

macro_rules! referred {
    ($($Class:ident $table:ident),+ $(,)?) => { $(
        impl Referred for $Class {
            const ELEMENT: &'static str = stringify!($Class);

            fn table(functions: &mut Functions) -> &mut Table<Self> {
                &mut functions.$table
            }

            fn identity(&mut self) -> (&mut Option<String>, &[Name]) {
                (&mut self.mrid, &self.names)
            }
        }
    )+ };
}

referred!(ComFunction com, ConnectDisconnectFunction switches, SimpleEndDeviceFunction simple);

impl Functions {
    /// Adds a function of the kind that the element `name` is.
    ///
    /// # Errors
    /// [`Malformed::TooManyItems`] where there are more than items may be.
    pub(super) fn add(&mut self, name: &str, structure: &Structure, limits: &Limits) -> Result<(), Malformed> {
        self.received += 1;
        if self.received as usize > limits.items {
            return Err(Malformed::TooManyItems { limit: limits.items });
        }
        match name {
            "ComFunction" => self.com.add(structure),
            "ConnectDisconnectFunction" => self.switches.add(structure),
            _ => self.simple.add(structure),
        }
        Ok(())
    }

    /// The function that is called `code`; that there is none, or several, is told at `field`.
    ///
    /// # Errors
    /// [`Malformed`] where more is copied than a message may become.
    pub(super) fn find<F: Referred>(
        &mut self,
        code: &str,
        field: &str,
        item: &mut Item<'_>,
    ) -> Result<Option<F>, Malformed> {
        let mut copied = self.copied;
        let table = F::table(self);
        let at = match table.by_mrid.get(code).or_else(|| table.by_name.get(code)) {
            Some(Some(at)) => *at,
            Some(None) => {
                let detail = format!("several `{}` are called `{}`", F::ELEMENT, Excerpt(code));
                item.tell(field, ViolationCode::AmbiguousName, detail);
                return Ok(None);
            }
            None => {
                let detail = format!("no `{}` of the message is called `{}`", F::ELEMENT, Excerpt(code));
                item.tell(field, ViolationCode::UnknownReference, detail);
                return Ok(None);
            }
        };
        let Some(function) = table.functions.get_mut(at) else { return Ok(None) };
        function.used = true;
        copied += function.size;
        for fault in &function.faults {
            let at = if fault.at.field.is_empty() { field.to_owned() } else { format!("{field}/{}", fault.at.field) };
            item.tell(&at, fault.code, fault.detail.clone());
        }
        let mut element = function.element.clone();
        self.copied = copied;
        if copied > COPIED {
            let told = "functions are referred to so often that the message would grow out of measure";
            return Err(Malformed::Message(told.to_owned()));
        }
        if let Some(element) = &mut element {
            let (mrid, _) = element.identity();
            if mrid.as_ref().is_some_and(|it| it.starts_with(MADE)) {
                *mrid = None;
            }
        }
        Ok(element)
    }

    /// Counts the functions that nobody refers to.
    pub(super) fn note_unused(&self, noun: &'static str, tolerances: &mut Tolerances) {
        for (element, unused) in [
            (ComFunction::ELEMENT, self.com.unused()),
            (ConnectDisconnectFunction::ELEMENT, self.switches.unused()),
            (SimpleEndDeviceFunction::ELEMENT, self.simple.unused()),
        ] {
            for _ in 0..unused {
                tolerances.note_known(Tolerance::NotKept, noun, element, 0);
            }
        }
    }
}

impl<F: Referred> Table<F> {
    fn add(&mut self, structure: &Structure) {
        let mut faults = Vec::new();
        let mut element = structure.parse::<F>(0, &mut faults);
        let at = self.functions.len();
        if let Some(element) = &mut element {
            let (mrid, names) = element.identity();
            let mut called: Vec<&String> = names.iter().filter_map(|it| it.name.as_ref()).collect();
            called.sort_unstable();
            called.dedup();
            for name in called {
                self.by_name.entry(name.clone()).and_modify(|known| *known = None).or_insert(Some(at));
            }
            if let Some(mrid) = mrid.clone() {
                self.by_mrid.entry(mrid).and_modify(|known| *known = None).or_insert(Some(at));
            }
        }
        self.functions.push(Function { element, size: structure.elements(), used: false, faults });
    }
}

impl<F> Table<F> {
    fn unused(&self) -> usize {
        self.functions.iter().filter(|it| !it.used).count()
    }
}

/// Functions on their way out: each once, by an mRID that only it has.
pub(super) struct Linked<F> {
    functions: Vec<F>,
    by_mrid: HashMap<String, usize>,
}

impl<F> Default for Linked<F> {
    fn default() -> Self {
        Self { functions: Vec::new(), by_mrid: HashMap::new() }
    }
}

impl<F: Referred + PartialEq> Linked<F> {
    /// Adds a function, and gives the mRID it is referred to by; and whether its own had to go,
    /// because another function of the message has it.
    pub(super) fn add(&mut self, mut function: F) -> (String, bool) {
        // Blanks around a reference mean nothing, and white space within is made blanks.
        let plain = |it: &String| !it.is_empty() && it.trim() == it && !it.contains(['\t', '\n', '\r']);
        let own = function.identity().0.clone().filter(plain);
        let same = own.as_ref().and_then(|own| self.by_mrid.get(own)).copied();
        let (mrid, lost) = match (own, same) {
            (Some(own), Some(at)) if self.functions.get(at) == Some(&function) => return (own, false),
            (Some(own), None) => (own, false),
            _ => {
                let made = format!("{MADE}{}:{}", F::ELEMENT, self.functions.len());
                let lost = function.identity().0.replace(made.clone()).is_some();
                (made, lost)
            }
        };
        self.by_mrid.insert(mrid.clone(), self.functions.len());
        self.functions.push(function);
        (mrid, lost)
    }

    /// The functions, in the order in which they were added.
    pub(super) fn into_functions(self) -> Vec<F> {
        self.functions
    }
}
